// The groups of a sandbox's calls: its clock, its network, its devices and its faults.
//
// Each is made of a way to the backend: `call(act)` runs `act(backend)`; `read` and `change` tell the listeners, too, what
// came of it; `settled()` waits for the receivers.

import { readChanges } from './options.js';
import { duration, instant, show } from './time.js';
import { fault } from './trouble.js';

export function clockOf({ call, read, change, settled }) {
  const now = () => read((backend) => backend.now());
  const state = () => read((backend) => backend.clock());
  // What is handed in is read before the backend is called: what is wrong with it is no fault of the backend's.
  const advance = (to) => {
    const moment = instant(to, 'the time after it');
    return call((backend) => backend.advanceTo(moment));
  };
  return {
    now,
    state,
    pause: () => change((backend) => backend.pause()),
    resume() {
      if (state().clock === 'manual') {
        throw new Error("clock.resume: this sandbox has a manual clock, which moves by advance(), advanceTo() and next(); create it with clock: 'real' to let it run");
      }
      change((backend) => backend.resume());
    },
    setSpeed(factor) {
      const { speed } = readChanges({ speed: factor });
      change((backend) => backend.setSpeed(speed));
    },
    advance: (by) => advance(now() + duration(by, 'clock.advance: the duration')),
    advanceTo(when) {
      const to = instant(when, 'clock.advanceTo: the moment');
      if (to < now()) {
        throw new RangeError(`clock.advanceTo: ${new Date(to).toISOString()} lies before the sandbox's time, ${new Date(now()).toISOString()}`);
      }
      return advance(to);
    },
    async advanceAsync(by) {
      const to = now() + duration(by, 'clock.advanceAsync: the duration');
      const fired = [];
      for (;;) {
        await settled();
        const [some, done] = call((backend) => backend.advanceSome(to));
        for (const one of some) fired.push(one);
        // What was met last may have been answered meanwhile.
        if (done && some.length === 0) return fired;
      }
    },
    next: () => call((backend) => backend.next()),
    rewindTo(when) {
      const to = instant(when, 'clock.rewindTo: the moment');
      call((backend) => backend.rewindTo(to));
    },
    returnToPresent: () => call((backend) => backend.returnToPresent()),
  };
}

export function networkOf({ change }) {
  const act = (name) => (id) => {
    if (typeof id !== 'string') throw new TypeError(`network.${name} takes a session's id; got ${show(id)}`);
    change((backend) => backend.network(name, id));
  };
  return { grant: act('grant'), refuse: act('refuse'), terminate: act('terminate') };
}

export function devicesOf({ read, change }) {
  return {
    add(device) {
      if (typeof device !== 'object' || device === null) throw new TypeError(`devices.add takes a Device; got ${show(device)}`);
      const json = JSON.stringify(device);
      return change((backend) => backend.addDevice(json));
    },
    list: () => read((backend) => backend.devices()),
    remove(id) {
      if (typeof id !== 'string') throw new TypeError(`devices.remove takes a device's id; got ${show(id)}`);
      change((backend) => backend.removeDevice(id));
    },
  };
}

export function faultsOf({ read, change }) {
  return {
    add(given) {
      const read = fault(given);
      return change((backend) => backend.addFault(read));
    },
    list: () => read((backend) => backend.faults()),
    remove(id) {
      if (typeof id !== 'string') throw new TypeError(`faults.remove takes a fault's id; got ${show(id)}`);
      change((backend) => backend.removeFault(id));
    },
    clear: () => change((backend) => backend.clearFaults()),
  };
}
