// What one event changes in the document of the console: how many nodes, and rows of its lists that are none the other.

/** So many frames without a change, and it is over: longer than the console pauses between two refreshes. */
const STILL = 30;

/**
 * Runs `act(sandbox)`, its code, and waits until nothing changes any more: how many `changes` there were, in how many `rows`,
 * and how many rows were touched `inVain`, for they are as they were.
 */
export const mutations = (page, act) =>
  page.evaluate(
    async ([code, still]) => {
      const element = document.querySelector('qod-sandbox');
      const root = element.shadowRoot;
      const all = () => [...root.querySelectorAll('.sess[role=row], .stream > li, .log tbody tr')];
      const before = new Map(all().map((row) => [row, row.outerHTML]));
      const touched = new Set();
      let changes = 0;
      const take = (records) => {
        changes += records.length;
        for (const { target } of records) {
          const row = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest('.sess[role=row], .stream > li, .log tbody tr');
          if (row) touched.add(row);
        }
        return records.length;
      };
      const observer = new MutationObserver(take);
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      await new Function('sandbox', `return (${code})(sandbox)`)(element.sandbox);
      let seen = -1;
      for (let calm = 0; calm < still; calm++) {
        await new Promise(requestAnimationFrame);
        take(observer.takeRecords());
        if (changes !== seen) calm = 0;
        seen = changes;
      }
      observer.disconnect();
      const inVain = [...touched].filter((row) => row.isConnected && row.outerHTML === before.get(row)).length;
      return { changes, rows: touched.size, inVain, shown: before.size };
    },
    [String(act), STILL],
  );
