import 'qod-sandbox/element';

/** Attributes are texts: options that are objects are written as JSON, and what is off or missing not at all. */
const texts = (options) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [name, value !== null && typeof value === 'object' ? JSON.stringify(value) : value]));

/**
 * <qod-sandbox> with its events as callbacks (React 19 or later). `ref.current` is the element, and `ref.current.ready`
 * the promise of its sandbox.
 */
export function QodSandbox({ ref, children, onNotification, onSession, onRequest, onClock, ...options }) {
  return (
    <qod-sandbox
      ref={ref}
      {...texts(options)}
      onqod-notification={(event) => onNotification?.(event.detail)}
      onqod-session={(event) => onSession?.(event.detail)}
      onqod-request={(event) => onRequest?.(event.detail)}
      onqod-clock={(event) => onClock?.(event.detail)}
    >
      {children}
    </qod-sandbox>
  );
}
