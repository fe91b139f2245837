// What came into a run besides requests, as calls of a sandbox.

import { VERBS, reply } from './words.js';

/** The call for an input that is neither a request nor about receivers; nothing if there is none. `code` writes values. */
export function act(input, run, text, code) {
  const { network, sessionId, configure, use, addDevice, removeDevice, addFault, removeFault, clearFaults, redeliver } = input;
  if (Object.hasOwn(VERBS, network ?? '')) return `sandbox.network.${network}(${text(sessionId)});`;
  const changes = configure ? staying(configure) : {};
  if (Object.keys(changes).length > 0) return code('sandbox.configure(', changes, ');');
  if (use) return code('sandbox.use(', use, ');');
  if (addDevice) return code('sandbox.devices.add(', addDevice, ');');
  if (removeDevice) return `sandbox.devices.remove(${text(removeDevice)});`;
  if (addFault) return code('sandbox.faults.add(', addFault, ');');
  if (removeFault) return `sandbox.faults.remove(${text(removeFault)});`;
  if (clearFaults) return 'sandbox.faults.clear();';
  const place = redeliver ? run.notifications.findIndex(({ id }) => id === redeliver) : -1;
  return place < 0 ? undefined : `sandbox.redeliver(sandbox.notifications()[${place}].id);`;
}

/** Whether a receiver is one that a test can have: with a set answer, and not behind a pattern, which not every Node knows. */
export const isSet = (receiver) => Boolean(receiver?.answer) && receiver.kind !== 'pattern';

/** A set answer as `receive` takes it. */
export function setAnswer({ status, failFirst, failWith, requireToken }) {
  if (!failFirst && !requireToken) return reply(status);
  return { status: reply(status), ...(failFirst && { failFirst, failWith: reply(failWith) }), ...(requireToken && { requireToken }) };
}

/** Options for a test: time moves when it says so, nothing leaves it, and nothing stays. */
export function staying(settings) {
  const options = without(settings, 'clock', 'speed', 'persist', 'broadcast', 'delivery');
  const policy = typeof settings.delivery === 'object' ? without(settings.delivery, 'to') : {};
  return Object.keys(policy).length > 0 ? { ...options, delivery: policy } : options;
}

/** Whether deliveries of a run may have left the page. */
export function leaves({ settings, inputs }) {
  const policies = [settings, ...inputs.map(({ configure }) => configure)].map((options) => options?.delivery);
  return policies.some((policy) => policy === 'network' || policy?.to === 'network');
}

const without = (object, ...names) => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
