// What lies beside the modules: the console's own page, and that in which samples run.

/** Vite bundles what is installed while one works on an application, and leaves other files where they were. */
export const unbundled = ({ href }) => href.replace('/node_modules/.vite/deps/', '/node_modules/qod-sandbox/');

/** Where the modules are. Bundlers are to leave the address alone: they would take the page and not what it needs. */
const FOLDER = unbundled(new URL(/* webpackIgnore: true */ /* @vite-ignore */ '.', import.meta.url));

/** The address of a page, for an element; its attribute `files` says where they are if a bundler has moved the modules. */
export function pageBeside(element, name) {
  const folder = element.getAttribute('files');
  return new URL(name, folder === null ? FOLDER : new URL(folder, document.baseURI));
}
