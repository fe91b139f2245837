// IndexedDB as a storage of texts by key.

const DATABASE = 'qod-sandbox';
const STORE = 'kept';

/** A storage of this origin. */
export function indexedDbStorage() {
  if (!globalThis.indexedDB) {
    throw new Error('persist: there is no IndexedDB here: hand in { key, storage } with get(key), set(key, text) and delete(key), each returning a promise');
  }
  let opening;
  const open = () => (opening ??= request(openRequest()).catch((error) => {
    opening = undefined;
    throw error;
  }));
  const run = async (mode, act) => {
    const transaction = (await open()).transaction(STORE, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    const result = await request(act(transaction.objectStore(STORE)));
    await done;
    return result;
  };
  return {
    get: (key) => run('readonly', (store) => store.get(key)),
    set: (key, text) => run('readwrite', (store) => store.put(text, key)),
    delete: (key) => run('readwrite', (store) => store.delete(key)),
  };
}

function openRequest() {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return opening;
}

const request = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
