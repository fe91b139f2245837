// A run in the order in which it happened: what came in, what the network did by itself, and each attempt to tell of it.

import { json } from './json.js';

/**
 * Steps, each with its time in milliseconds: `{ input }` and, for a request, its `{ answer }`; for a notification
 * `{ change }`, with the input that it came of, if it did (`by`), and whether it is the first of its session (`isFirst`);
 * for a delivery of it `{ attempt, of }` and `{ outcome, of }`.
 * What happens by itself goes before what comes in at the same moment.
 */
export function timeline(run) {
  const steps = [];
  const add = (at, rank, step) => steps.push({ at, rank, ...step });
  const ranks = new Map();
  run.inputs.forEach((input, index) => {
    const [at, rank, delay] = [Date.parse(input.at), index + 1, input.delayMs ?? 0];
    add(at, rank, { input });
    if (input.request) add(at + delay, delay ? 0 : rank, { answer: input });
    const effect = effectOf(input);
    if (effect) ranks.set(`${input.at} ${effect}`, rank);
  });
  const told = new Set();
  for (const notification of run.notifications) {
    const { at, id, sessionId, event, deliveries } = notification;
    const rank = ranks.get(`${at} ${sessionId} ${event.data.qosStatus}`) ?? 0;
    add(Date.parse(at), rank, { change: notification, by: run.inputs[rank - 1], isFirst: !told.has(sessionId) });
    told.add(sessionId);
    for (const delivery of deliveries) {
      const asked = delivery.at === at ? rank : ranks.get(`${delivery.at} ${id}`) ?? 0;
      const [sent, took] = [Date.parse(delivery.at), delivery.durationMs ?? 0];
      add(sent, asked, { attempt: delivery, of: notification });
      add(sent + took, took ? 0 : asked, { outcome: delivery, of: notification });
    }
  }
  return steps.sort((one, other) => one.at - other.at || one.rank - other.rank);
}

/** What an input causes at once: a status of a session, or another attempt for a notification. */
function effectOf({ network, sessionId, redeliver, request, response }) {
  if (network) return `${sessionId} ${network === 'grant' ? 'AVAILABLE' : 'UNAVAILABLE'}`;
  if (redeliver) return redeliver;
  if (request?.method === 'DELETE' && response.status === 204) return `${/\/sessions\/([^/?#]+)/.exec(request.url)?.[1]} UNAVAILABLE`;
  if (request?.method !== 'POST' || response.status !== 201) return undefined;
  const session = json(response.body);
  return `${session?.sessionId} ${session?.qosStatus}`;
}
