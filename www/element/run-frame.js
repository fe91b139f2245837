// A sample at work in a frame of run.html, seen from the page around it.

/** How long a frame that was loaded may take to say so, in milliseconds: its script runs before that. */
const PATIENCE = 2_000;

/** The page's policy, or the host of the files, does not let a frame run code. */
export class Forbidden extends Error {}

/**
 * Runs code in a frame of that page, in `place`. `answer(request)` gives what it asks for; `hear` gets what it prints, and that it
 * came to its end. Returns what ends it.
 */
export async function runIn(place, page, code, answer, hear) {
  const frame = document.createElement('iframe');
  // No origin, no storage, no way to the page around but the port.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'The sample, running';
  frame.hidden = true;
  frame.src = page.href;
  const ready = whenReady(frame, page);
  place.append(frame);
  const end = () => frame.remove();
  try {
    await ready;
  } catch (error) {
    end();
    throw error;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = async ({ data }) => {
    if (data.type !== 'ask') hear(data);
    else port1.postMessage({ id: data.id, ...(await answered(answer, data.request)) });
  };
  // The frame's origin is opaque and has no name; it is the frame that was just made.
  frame.contentWindow.postMessage({ type: 'qod-run:run', code }, '*', [port2]);
  return () => {
    port1.close();
    end();
  };
}

async function answered(answer, request) {
  try {
    return { answer: await answer(request) };
  } catch (error) {
    return { error: error.message };
  }
}

/** Fulfilled when the frame has loaded its script; rejected where something is in the way. */
function whenReady(frame, page) {
  return new Promise((resolve, reject) => {
    const life = new AbortController();
    const settle = (act, value) => {
      life.abort();
      act(value);
    };
    const { signal } = life;
    addEventListener('message', ({ source, data }) => {
      if (source === frame.contentWindow && data?.type === 'qod-run:ready') settle(resolve);
    }, { signal });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      if (!/^(frame|child|default)-src$/.test(effectiveDirective) || !page.href.startsWith(blockedURI)) return;
      settle(reject, new Forbidden(`this page's Content-Security-Policy does not let the sample run: its frame-src must allow ${page.origin}`));
    }, { signal });
    frame.addEventListener('load', () => {
      // A page that was loaded instead says nothing.
      const late = () => settle(reject, new Forbidden(`${page.href} did not start: it must be there, be sent as text/html, and may be in frames`));
      const timer = setTimeout(late, PATIENCE);
      signal.addEventListener('abort', () => clearTimeout(timer));
    }, { signal });
  });
}
