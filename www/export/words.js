// Words for people: times since the start, and what came in besides requests.

const UNITS = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000]];

/** The sentence for a run whose older part was dropped. */
export const IN_THE_MIDDLE = 'This run begins in the middle: what came before it was dropped, with the sessions and settings of that time.';

/** How long after the start a moment, in milliseconds or ISO 8601, is: `+2 s`, `+1 h 0.5 s`. */
export function since(run, at) {
  let rest = new Date(at).getTime() - Date.parse(run.startAt);
  const words = [];
  for (const [unit, millis] of UNITS) {
    const count = Math.floor(rest / millis);
    if (count > 0) words.push(`${count} ${unit}`);
    rest -= count * millis;
  }
  if (rest > 0 || words.length === 0) words.push(`${rest / 1_000} s`);
  return `+${words.join(' ')}`;
}

/** What a run is, in a sentence. */
export function title(run) {
  const requests = count(run.inputs.filter(({ request }) => request).length, 'request');
  const notifications = count(run.notifications.length, 'notification');
  return `A run of QoD Sandbox: ${requests} and ${notifications} from ${run.startAt} to ${run.endAt}, seed ${run.seed}.`;
}

/** `1 request`, `2 requests` */
export const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** A text that stays on its line and shows what it holds: no control or format character, such as those that turn the direction of text. */
export const oneLine = (text) => String(text).replace(/[\p{C}\u2028\u2029]+/gu, ' ').trim();

/** What there is to know of a request besides. */
export function remarks({ scenario, fault, request }) {
  const said = [
    scenario && `Scenario: ${scenario}`,
    fault && `Fault: ${fault}`,
    request.bodyBase64 && 'Its body was no text: here, U+FFFD stands for the bytes that are none.',
  ];
  return said.filter(Boolean).map(oneLine);
}

/** The status of a receiver with a set answer, as `receive` takes it. */
export const reply = (status) => (status === 0 ? 'timeout' : status);

/** What an input other than a request was, in a few words on one line. */
export function describe({ at: _, ...input }) {
  const kind = Object.keys(input).find((name) => Object.hasOwn(DESCRIBERS, name));
  return oneLine(kind ? DESCRIBERS[kind](input) : JSON.stringify(input));
}

/** What the network does to a session. */
export const VERBS = { grant: 'grants', refuse: 'refuses', terminate: 'terminates' };

const DESCRIBERS = {
  network: ({ network, sessionId }) => `the network ${VERBS[network]} session ${sessionId}`,
  configure: ({ configure }) => `settings change: ${JSON.stringify(configure)}`,
  use: ({ use }) => `the scenario is now ${typeof use === 'string' ? use : JSON.stringify(use)}`,
  addDevice: ({ addDevice }) => `the operator gets to know a device: ${JSON.stringify(addDevice)}`,
  removeDevice: ({ removeDevice }) => `the operator forgets ${removeDevice}`,
  addFault: ({ addFault }) => `a fault is switched on: ${JSON.stringify(addFault)}`,
  removeFault: ({ removeFault }) => `${removeFault} is switched off`,
  clearFaults: () => 'all faults are switched off',
  addReceiver: ({ addReceiver }) => receiverWords(addReceiver),
  keepReceivers: () => 'the receivers of before are still there',
  removeReceiver: ({ removeReceiver }) => `receiver ${removeReceiver} is taken away`,
  received: ({ received }) => `delivery ${received.delivery} ${receivedWords(received)}`,
  redeliver: ({ redeliver }) => `notification ${redeliver} is delivered once more`,
};

function receiverWords({ kind, target, answer }) {
  const start = `a receiver is there for ${kind === 'any' ? 'all URLs' : target}`;
  if (!answer) return `${start}: a function`;
  const { status, failFirst, failWith, requireToken } = answer;
  const fails = failFirst ? `${reply(failWith)} ${count(failFirst, 'time')}, then ` : '';
  return `${start}: it answers ${fails}${reply(status)}${requireToken ? ' to who brings its token' : ''}`;
}

function receivedWords({ status, failed, routed }) {
  if (status !== undefined) return `was answered with ${status}`;
  if (failed !== undefined) return `failed: ${failed}`;
  return routed === undefined ? 'has no receiver' : `is for receiver ${routed}`;
}
