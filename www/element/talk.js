// A console in an iframe and the page around it: heights and events go out, calls come in.
//
// Whoever is around may know how high the frame wants to be. What happens in the sandbox is told to one origin, and
// calls are taken from it: the one that the frame's address names as `parent`.

import { EVENTS } from './attributes.js';
import { callable } from './calls.js';

/** Begins the talk about an element with the page around, if there is one; the origin `trusted` may call and hear. */
export function createTalk(element, trusted) {
  const around = window.parent;
  if (around === window) return;
  const say = (type, detail, to) => around.postMessage({ type: `qod-sandbox:${type}`, ...detail }, to);

  let height;
  new ResizeObserver(() => {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now !== height) say('height', { height: (height = now) }, '*');
  }).observe(document.body);
  const greet = () => element.ready.then(() => say('ready', {}, trusted), () => say('failed', {}, trusted));

  async function answer({ id, call, arguments: given = [] }) {
    try {
      // The reason may say something of what `src` names, which the page around perhaps may not read.
      const sandbox = await element.ready.catch(() => {
        throw new Error('the sandbox could not be started: the frame shows why');
      });
      const act = callable(sandbox, call);
      say('result', { id, value: plain(await act(...given)) }, trusted);
    } catch (error) {
      say('result', { id, error: { name: error?.name ?? 'Error', message: error?.message ?? String(error) } }, trusted);
    }
  }

  addEventListener('message', ({ source, origin, data }) => {
    if (source !== around) return;
    // It may have come too late to hear what was said first.
    if (data?.type === 'qod-sandbox:hello') {
      if (height !== undefined) say('height', { height }, '*');
      if (origin === trusted) greet();
    }
    if (data?.type !== 'qod-sandbox:call') return;
    if (origin === trusted) answer(data);
    else console.warn(`qod-sandbox: a call from ${origin} was not heeded: the address of the frame must name it, as parent=${origin}`);
  });
  if (!trusted) return;
  for (const event of EVENTS) {
    element.addEventListener(`qod-${event}`, ({ detail }) => say('event', { event, detail: plain(detail) }, trusted));
  }
  greet();
}

/** As JSON has it: errors by what they say. */
function plain(value) {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value, (_, one) => (one instanceof Error ? { name: one.name, message: one.message } : one)));
}
