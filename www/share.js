// Runs in links: compressed, in the fragment, which browsers send to no server.

/** How long a link may be: what browsers and chats take. */
const LONGEST = 8_192;

/** How much a link may hold when it is unpacked. */
const LARGEST = 4_194_304;

/** How large a saved run may be, in characters: more than one of all that the sandbox keeps. */
export const LARGEST_RUN = 67_108_864;

/** Where a link has its run. */
const RUN = /#run=([\w-]+)$/;

/** The address whose run the page shows already. */
let settled;

/** Whether the page's address holds a run that it does not show. */
export const holdsRun = () => RUN.test(location.href) && location.href !== settled;

/**
 * The run of the page's address is shown, or not wanted. It leaves the address where the page is kept: a reload is to show what
 * was done since, not the link's run once more.
 */
export function settle(kept) {
  settled = kept ? undefined : location.href;
  if (kept) history.replaceState(history.state, '', location.pathname + location.search);
}

/** A link to a run. */
export async function shareUrl(run, base = pageUrl()) {
  if (base === undefined) throw new TypeError('shareUrl: there is no page here whose address the link could have: give the URL of one');
  const url = new URL(base, 'https://sandbox.example/');
  const packed = await pack(JSON.stringify(run));
  url.hash = `run=${base64url(packed)}`;
  if (url.href.length > LONGEST) {
    throw new RangeError(`shareUrl: the link would have ${url.href.length} characters, and must have no more than ${LONGEST}: use exportRun('json') and hand on the file`, {
      cause: { length: url.href.length, longest: LONGEST },
    });
  }
  return url.href;
}

/** The run of a link; nothing if there is none in it. */
export async function sharedRun(url) {
  const [, text] = RUN.exec(url) ?? [];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(await unpack(Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))));
  } catch (error) {
    throw new TypeError(`the link is damaged: ${error.message}`, { cause: error });
  }
}

const pageUrl = () => globalThis.location?.href;

async function pack(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const unpack = (bytes) => textOf(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')), LARGEST);

/** The text of a stream of bytes, if it is no longer than that. */
export async function textOf(stream, most) {
  const reader = stream.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > most) {
      await reader.cancel();
      throw new RangeError(`it holds more than ${most} characters`);
    }
  }
}

function base64url(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
