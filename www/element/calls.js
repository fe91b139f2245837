// What a page around a frame may call: whatever takes and gives values that can be copied.

import { asksToPost, isAtHome } from './query.js';

const CALLS = [
  'handle', 'sessions', 'notifications', 'traffic', 'dropped', 'perspectives', 'redeliver', 'scenarios', 'use', 'configure', 'reset',
  'snapshot', 'restore', 'exportRun', 'replay', 'shareUrl', 'receive',
  'clock.now', 'clock.state', 'clock.pause', 'clock.resume', 'clock.setSpeed', 'clock.advance', 'clock.advanceAsync', 'clock.advanceTo', 'clock.next', 'clock.rewindTo', 'clock.returnToPresent',
  'network.grant', 'network.refuse', 'network.terminate',
  'devices.add', 'devices.list', 'devices.remove',
  'faults.add', 'faults.list', 'faults.remove', 'faults.clear',
];

/** A call of a sandbox by its name. */
export function callable(sandbox, name) {
  if (!CALLS.includes(name)) throw new TypeError(`there is no call ${JSON.stringify(name)} for the page around a frame; there are ${CALLS.join(', ')}`);
  const [group, call] = name.split('.');
  if (name === 'receive') {
    // Only set answers can be copied; their undo cannot, and is not wanted.
    return (url, answer) => void sandbox.receive(url, answer);
  }
  if (name === 'configure') {
    return (changes) => {
      if (asksToPost(changes?.delivery) && !isAtHome()) {
        throw new TypeError('configure: a page of another origin switches no real POSTs on: whoever sees the console can, as its receiver');
      }
      sandbox.configure(changes);
    };
  }
  return call ? (...given) => sandbox[group][call](...given) : (...given) => sandbox[group](...given);
}
