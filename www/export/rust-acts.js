// What came into a run besides requests and settings, as calls of the crate.

import { letIs, string, struct } from './rust-text.js';
import { VERBS } from './words.js';

/** The lines for an input; nothing if it cannot be said. */
export function act(input, tools) {
  const [kind] = Object.keys(input).filter((name) => name !== 'at');
  return Object.hasOwn(ACTS, kind) ? ACTS[kind](input, tools) : undefined;
}

const ACTS = {
  network({ network: verb, sessionId }, { text, use }) {
    if (!Object.hasOwn(VERBS, verb)) return undefined;
    const variant = verb[0].toUpperCase() + verb.slice(1);
    return [
      `let id = ${use('engine::SessionId')}::parse(${text(sessionId)}).unwrap();`,
      `sandbox.network(now, id, ${use('engine::NetworkAct')}::${variant}).unwrap();`,
    ];
  },

  addDevice({ addDevice }, { json, use }) {
    return [
      letIs('device', json(addDevice, 'let device = '.length)),
      `let (device, unsupported) = ${use('api::known_device')}(&device).unwrap();`,
      `let device = ${struct(use('sandbox::NewDevice'), [['device', 'device'], ['unsupported', 'unsupported']], 4, 2)};`,
      'sandbox.add_device(now, device).unwrap();',
    ];
  },

  removeDevice({ removeDevice }, { text, use }) {
    return [`let id = ${use('engine::KnownDeviceId')}::parse(${text(removeDevice)}).unwrap();`, 'sandbox.remove_device(now, id).unwrap();'];
  },

  addReceiver({ addReceiver: { kind, target, answer } }, { text, use }) {
    const where = kind === 'any' ? 'Any' : `${{ url: 'Url', origin: 'Origin' }[kind] ?? 'Pattern'}(${text(target)}.into())`;
    const fields = [
      ['target', `${use('sandbox::Target')}::${where}`],
      ['answering', `${use('sandbox::Answering')}::${answer ? `Set(${setAnswer(answer, text, use)})` : 'Handler'}`],
    ];
    return [`let receiver = ${struct(use('sandbox::Receiver'), fields, 4, 2)};`, 'sandbox.add_receiver(now, receiver);'];
  },

  removeReceiver({ removeReceiver }, { use }) {
    return [`let id = ${use('sandbox::ReceiverId')}::from_number(${Number(removeReceiver)});`, 'sandbox.remove_receiver(now, id);'];
  },

  received({ received: { delivery, status, failed, routed } }, { use }) {
    let reception = 'NoReceiver';
    if (status !== undefined) reception = `Answered(${Number(status)})`;
    else if (failed !== undefined) reception = `Failed(${string(failed)}.to_owned())`;
    else if (routed !== undefined) reception = `Routed(${use('sandbox::ReceiverId')}::from_number(${Number(routed)}))`;
    const id = `${use('sandbox::DeliveryId')}::from_number(${Number(delivery)})`;
    return [
      `let id = ${id};`,
      `let reception = ${use('sandbox::Reception')}::${reception};`,
      `let received = ${use('sandbox::Input')}::Received(${use('sandbox::Run')}::default(), id, reception);`,
      'sandbox.handle(now, received).unwrap();',
    ];
  },

  redeliver({ redeliver }, { run, called }) {
    const place = run.notifications.findIndex(({ id }) => id === redeliver);
    if (place < 0) return undefined;
    return [`let id = ${called('notification_id')}(&sandbox, ${place});`, 'sandbox.redeliver(now, &id).unwrap();'];
  },
};

function setAnswer({ status, failFirst, failWith, requireToken }, text, use) {
  const reply = (status) => `${use('sandbox::SetReply')}::${status === 0 ? 'Never' : `Status(${Number(status)})`}`;
  if (!failFirst && !requireToken) return `${use('sandbox::SetAnswer')}::always(${reply(status)})`;
  const fields = [
    ['reply', reply(status)],
    ['fail_first', String(Number(failFirst ?? 0))],
    ['fail_with', reply(failWith ?? 503)],
    ['require_token', requireToken ? `Some(${text(requireToken)}.into())` : 'None'],
  ];
  return struct(use('sandbox::SetAnswer'), fields, 8, 4);
}
