/** What elements are; where there is no document, as on a server that renders pages, they can be named and not be made. */
export const Base = globalThis.HTMLElement ?? class {
  constructor() {
    throw new Error('the elements of QoD Sandbox need a page: there is no document here');
  }
};
