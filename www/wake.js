// Pages that are hidden or frozen let their timers sleep: what was due is made up for when they are shown again. And
// what is hidden may never be shown again.

/** The method of a sandbox that is called then, with whether the page is shown. */
export const wake = Symbol('wake');

/** Wakes a sandbox whenever its page is shown again; returns what ends that. A sandbox that is let go is not kept by it. */
export function whenShown(sandbox) {
  if (typeof document === 'undefined') return () => {};
  const weak = new WeakRef(sandbox);
  const shown = () => {
    const alive = weak.deref();
    if (!alive) end();
    else alive[wake](document.visibilityState === 'visible');
  };
  const end = () => {
    document.removeEventListener('visibilitychange', shown);
    document.removeEventListener('freeze', slept);
    document.removeEventListener('resume', shown);
    removeEventListener('pageshow', shown);
  };
  const slept = () => weak.deref()?.[wake](false);
  document.addEventListener('visibilitychange', shown);
  document.addEventListener('freeze', slept);
  document.addEventListener('resume', shown);
  addEventListener('pageshow', shown);
  return end;
}
