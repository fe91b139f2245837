// IndexedDB as a storage of texts by key; and local storage, for what a page keeps as it goes.

const DATABASE = 'qod-sandbox';
const STORE = 'kept';

/** Before the keys of local storage. */
const LAST = 'qod-sandbox:last:';

/** How many characters are put there at most: it has room for five million, and the site has texts of its own. */
const LONGEST = 1_000_000;

/** A storage of this origin. */
export function indexedDbStorage() {
  if (!globalThis.indexedDB) {
    throw new Error('persist: there is no IndexedDB here: hand in { key, storage } with get(key), set(key, text) and delete(key), each returning a promise');
  }
  let opening;
  const forget = () => (opening = undefined);
  const open = () => (opening ??= opened(forget).catch((error) => {
    forget();
    throw newer(error);
  }));
  const run = async (mode, act) => {
    const transaction = (await open()).transaction(STORE, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser closed the storage'));
    });
    // A request that fails says why, and the transaction after it says so once more.
    done.catch(() => {});
    const asked = act(transaction.objectStore(STORE));
    // Now, and not after the answer, which a page that is frozen or closed does not hear.
    if (mode === 'readwrite') transaction.commit?.();
    const result = await request(asked);
    await done;
    return result;
  };
  let writes = 0;
  const write = async (key, act) => {
    const turn = ++writes;
    await run('readwrite', act);
    // It is as new as what was put there for it, unless something newer is on its way.
    if (turn === writes) local((texts) => texts.removeItem(LAST + key));
  };
  const getLast = (key) => local((texts) => texts.getItem(LAST + key)) ?? undefined;
  return {
    // What is written while something else is comes after that: transactions wait for each other.
    ordered: true,
    get: async (key) => getLast(key) ?? run('readonly', (store) => store.get(key)),
    set: (key, text) => write(key, (store) => store.put(text, key)),
    delete: (key) => write(key, (store) => store.delete(key)),
    hasLast: (key) => getLast(key) !== undefined,
    /** Keeps at once what is being written: browsers drop what IndexedDB is asked for by a page that goes, now and then. */
    setLast(key, text) {
      const fits = text.length <= LONGEST && local((texts) => texts.setItem(LAST + key, text) ?? true);
      // What is there is older than what is being written.
      if (!fits) local((texts) => texts.removeItem(LAST + key));
    },
  };
}

/** Does something with local storage; nothing where the page has none, or that is full. */
function local(act) {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
}

/** The database; `forget` is called when it cannot be used any more. */
async function opened(forget) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await request(opening);
  // Its user has cleared what the site keeps.
  database.onclose = forget;
  // A newer version in another page wants to change it, and would wait.
  database.onversionchange = () => {
    database.close();
    forget();
  };
  return database;
}

const newer = (error) =>
  error?.name === 'VersionError' ? new Error('a newer version of the sandbox keeps its own here: use that one, or clear what this site keeps', { cause: error }) : error;

const request = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
