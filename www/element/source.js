// The run that an element's sandbox begins with: of the attribute `src`, or of the page's own address.

import { LARGEST_RUN, sharedRun, textOf } from '../share.js';

/** The run that the attributes name; nothing if there is none. */
export async function startingRun(texts) {
  const src = texts.get('src');
  // `shared` says that the page's address may hold one.
  if (src === undefined) return texts.has('shared') ? sharedRun(location.href) : undefined;
  if (!URL.canParse(src, document.baseURI)) throw new TypeError(`src must be an address, of this page's or whole; got ${JSON.stringify(src)}`);
  const url = new URL(src, document.baseURI);
  return (await sharedRun(url.href)) ?? savedRun(url);
}

/** A run that was exported as JSON. */
async function savedRun(url) {
  const response = await fetch(url).catch((error) => {
    throw new Error(
      `src: ${url} could not be loaded: the page's Content-Security-Policy must allow it in connect-src, and another origin must send Access-Control-Allow-Origin (${error.message})`,
      { cause: error },
    );
  });
  if (!response.ok) throw new Error(`src: ${url} was answered ${response.status}: it must be a run that exportRun('json') gave`);
  return textOf(response.body, LARGEST_RUN).catch((error) => {
    throw new Error(`src: ${url} is no run: ${error.message}`, { cause: error });
  });
}
