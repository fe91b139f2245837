// Elements that begin when they come near what is seen.

/** How far outside of it they begin: a window's height. */
const MARGIN = '100% 0px';

const waiting = new Map();
let observer;

/** Has `begin` called when an element comes near, unless what is returned is called before. */
export function whenNear(element, begin) {
  if (!globalThis.IntersectionObserver) {
    begin();
    return () => {};
  }
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      const begin = waiting.get(target);
      forget(target);
      begin?.();
    }
  }, { rootMargin: MARGIN });
  waiting.set(element, begin);
  observer.observe(element);
  return () => forget(element);
}

function forget(element) {
  waiting.delete(element);
  observer.unobserve(element);
}
