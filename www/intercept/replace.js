// Putting something in the place of a global, and back.

/** Puts `make(original)` in its place; returns what puts back the original, the way it was defined. */
export function replace(name, make) {
  const original = globalThis[name];
  if (original === undefined) return () => {};
  // In workers it is inherited.
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  const ours = make(original);
  // However small the code was made.
  Object.defineProperty(ours, 'name', { value: name, configurable: true });
  const usual = { writable: true, enumerable: before?.enumerable ?? true, configurable: true };
  try {
    // What may be assigned to may still not be defined anew.
    Object.defineProperty(globalThis, name, { ...(before && 'value' in before ? before : usual), value: ours });
  } catch (error) {
    throw new TypeError(`intercept: ${name} cannot be replaced: something on this page has frozen it. Hand sandbox.fetch to the client instead`, { cause: error });
  }
  return () => {
    // Whoever has put something on top of it holds on to it: it passes everything on from now on.
    if (globalThis[name] !== ours) return;
    if (before) Object.defineProperty(globalThis, name, before);
    else delete globalThis[name];
  };
}
