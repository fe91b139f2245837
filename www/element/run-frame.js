// A sample at work in a frame of run.html, seen from the page around it.

/** How long a frame that was loaded may take to say so, in milliseconds: its script runs before that. */
const PATIENCE = 2_000;

/** The page's policy, or the host of the files, does not let a frame run code. */
export class Forbidden extends Error {}

/**
 * Runs code in a frame of that page, in `place`. `answer(request)` gives what it asks for; `hear` gets what it prints, and that it
 * came to its end. `signal` ends it, however far it is.
 */
export async function runIn(place, page, code, answer, hear, signal) {
  const frame = document.createElement('iframe');
  // No origin, no storage, no way to the page around but the port.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'The sample, running';
  frame.hidden = true;
  frame.src = page.href;
  const { port1, port2 } = new MessageChannel();
  const end = () => {
    port1.close();
    frame.remove();
  };
  signal.addEventListener('abort', end, { once: true });
  const ready = whenReady(frame, page, signal);
  place.append(frame);
  try {
    await ready;
  } catch (error) {
    end();
    throw error;
  }
  // The sample may have got hold of the port: nothing is certain of what comes from there.
  port1.onmessage = async ({ data }) => {
    if (data?.type !== 'ask') hear(data ?? {});
    else port1.postMessage({ id: data.id, ...(await answered(answer, data.request)) });
  };
  // Where a page has no policy, a frame can go elsewhere; nothing comes back from there.
  frame.addEventListener('load', () => {
    end();
    hear({ type: 'left' });
  });
  // The frame's origin is opaque and has no name; it is the frame that was just made.
  frame.contentWindow.postMessage({ type: 'qod-run:run', code }, '*', [port2]);
}

async function answered(answer, request) {
  try {
    return { answer: await answer(request) };
  } catch (error) {
    return { error: error.message };
  }
}

/** Fulfilled when the frame is loaded, and its script with it; rejected where something is in the way. */
function whenReady(frame, page, ended) {
  return new Promise((resolve, reject) => {
    const life = new AbortController();
    const settle = (act, value) => {
      life.abort();
      act(value);
    };
    const { signal } = life;
    let said = false;
    let loaded = false;
    ended.addEventListener('abort', () => settle(reject, ended.reason), { signal });
    addEventListener('message', ({ source, data }) => {
      if (source !== frame.contentWindow || data?.type !== 'qod-run:ready') return;
      said = true;
      if (loaded) settle(resolve);
    }, { signal });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
      if (!/^(frame|child|default)-src$/.test(effectiveDirective) || !page.href.startsWith(blockedURI)) return;
      settle(reject, new Forbidden(`this page's Content-Security-Policy does not let the sample run: its frame-src must allow ${page.origin}`));
    }, { signal });
    frame.addEventListener('load', () => {
      loaded = true;
      if (said) return settle(resolve);
      // A page that was loaded instead says nothing.
      const late = () => settle(reject, new Forbidden(`${page.href} did not start: it must be there, be sent as text/html, and may be in frames`));
      const timer = setTimeout(late, PATIENCE);
      signal.addEventListener('abort', () => clearTimeout(timer));
    }, { signal });
  });
}
