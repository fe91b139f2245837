// A console in an iframe and the page around it: heights and events go out, calls come in.
//
// Whoever is around may know how high the frame wants to be. What happens in the sandbox is told to one origin, and
// calls are taken from it: the one that the frame's address names as `parent`.

import { frameable } from './calls.js';

const EVENTS = ['request', 'session', 'notification', 'delivery', 'clock', 'error'];

/** A talk about an element with the page around, of which the origin `trusted` may call and hear. */
export function createTalk(element, trusted) {
  const around = window.parent;
  if (trusted !== null) checkOrigin(trusted);
  const say = (type, detail, to) => around.postMessage({ type: `qod-sandbox:${type}`, ...detail }, to);

  let height;
  function measure() {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    say('height', { height }, '*');
  }

  async function answer({ id, call, arguments: given = [] }) {
    try {
      const act = frameable(await element.ready, call);
      // What cannot be copied is not handed out.
      say('result', { id, value: plain(await act(...given)) }, trusted);
    } catch (error) {
      say('result', { id, error: { name: error?.name ?? 'Error', message: error?.message ?? String(error) } }, trusted);
    }
  }

  function hear({ source, origin, data }) {
    if (source !== around || data?.type !== 'qod-sandbox:call') return;
    if (origin === trusted) answer(data);
    else console.warn(`qod-sandbox: a call from ${origin} was not heeded: the address of the frame must name it, as ?parent=${encodeURIComponent(origin)}`);
  }

  return {
    begin() {
      if (around === window) return;
      new ResizeObserver(measure).observe(document.body);
      if (trusted === null) return;
      for (const type of EVENTS) element.addEventListener(`qod-${type}`, ({ detail }) => say('event', { event: type, detail: plain(detail) }, trusted));
      addEventListener('message', hear);
      element.ready.then(() => say('ready', {}, trusted));
    },
  };
}

/** As JSON has it: errors by what they say. */
function plain(value) {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value, (_, one) => (one instanceof Error ? { name: one.name, message: one.message } : one)));
}

function checkOrigin(text) {
  if (URL.canParse?.(text) !== false && new URL(text).origin === text) return;
  throw new TypeError(`parent must be an origin, such as https://docs.example; got ‘${text}’`);
}
