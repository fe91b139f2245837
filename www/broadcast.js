// What happens, told to other pages and workers of the same origin.

/** What is told. */
const TOPICS = ['session', 'notification', 'delivery'];

/** Tells a `BroadcastChannel` of that name what `on` hears; returns what ends it. */
export function broadcast(name, on) {
  if (typeof BroadcastChannel === 'undefined') throw new Error('broadcast: there is no BroadcastChannel here');
  const channel = new BroadcastChannel(name);
  // In Node, it does not keep the process alive.
  channel.unref?.();
  const offs = TOPICS.map((type) => on(type, (detail) => channel.postMessage({ source: 'qod-sandbox', type, detail })));
  return () => {
    for (const off of offs) off();
    channel.close();
  };
}
