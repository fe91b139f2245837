// The forms of the console's settings: from what is written into their fields to calls of the sandbox.
//
// Each takes its values by the names of its fields, all of them texts, and returns what to say when it is done. What is
// wrong is thrown with the name of the field; what only the backend knows comes with the name of its own member.

import { duration } from './time.js';

/** Something wrong with a field. */
class Wrong extends Error {
  constructor(field, message) {
    super(message);
    this.field = field;
  }
}

const FORMS = {
  scenario(read, sandbox) {
    const answer = read.text('answer');
    const after = read.span('after') ?? 2_000;
    const notification = some({ delay: read.span('delay'), copies: read.whole('copies', 1, 10), reorder: read.flag('reorder') || undefined });
    const failFirst = read.whole('failFirst', 0, 99);
    const status = read.whole('failStatus', 200, 599);
    sandbox.use({
      name: read.text('name') || 'custom',
      ...(answer === 'refuse' ? { refuse: after } : { grant: answer === 'never' ? 'never' : after }),
      ...some({ terminate: terminate(read) }),
      ...some({ notification }),
      ...(failFirst && { receiver: { failFirst, ...some({ status }) } }),
    });
    return 'New sessions follow it.';
  },

  fault(read, sandbox) {
    const [min, max] = [read.span('min'), read.span('max')];
    if (min === undefined && max !== undefined) throw new Wrong('min', 'Give the least as well: 0s, if it may be none.');
    if (max < min) throw new Wrong('max', 'This is less than the least: make it as long, or longer.');
    const requests = read.whole('requests', 1, 1_000_000_000);
    const per = read.span('per', 1);
    if (requests === undefined && per !== undefined) throw new Wrong('requests', 'How many requests are answered in that time?');
    const status = read.whole('status', 400, 599);
    const code = read.text('code') || undefined;
    const networkError = read.flag('networkError') || undefined;
    if (code && !status) throw new Wrong('status', 'A code needs its status, such as 503.');
    if (requests && (status || networkError)) {
      throw new Wrong('requests', 'This answers 429 to what is over it, and nothing else: add the other as a fault of its own.');
    }
    if (!status && !networkError && !requests && min === undefined) {
      throw new Wrong('status', 'Nothing goes wrong yet: give a status, a delay, a limit of requests, or let the connection fail.');
    }
    const fault = some({ operation: read.text('operation') || undefined, status, code, networkError, rate: read.share('rate'), times: read.whole('times', 1, 1_000_000_000) });
    if (min !== undefined) fault.latency = { min, max: max ?? min };
    if (requests) fault.rateLimit = { requests, per: per ?? 60_000 };
    const id = told(() => sandbox.faults.add(fault), 'status', 'code');
    return `${id} is on.`;
  },

  operator(read, sandbox) {
    const retention = read.span('retention') ?? 360_000;
    if (retention % 1_000 || retention < 360_000 || retention > 31_536_000_000) {
      throw new Wrong('retention', 'The specification promises 360 s to clients that poll: write 360s or more, in whole seconds.');
    }
    const requests = read.whole('requests', 1, 1_000_000_000);
    const per = read.span('per', 1) ?? 60_000;
    sandbox.configure({ operator: { retentionSeconds: retention / 1_000, rateLimit: requests ? { requests, per } : null } });
    return 'Applied.';
  },

  device(read, sandbox) {
    const [publicAddress, privateAddress] = [read.text('publicAddress'), read.text('privateAddress')].map((text) => text || undefined);
    const publicPort = read.whole('publicPort', 0, 65_535);
    const ipv4Address = some({ publicAddress, privateAddress, publicPort });
    if (ipv4Address && !publicAddress) throw new Wrong('publicAddress', 'A device is found by its public address: give it as well.');
    if (ipv4Address && !privateAddress && publicPort === undefined) {
      throw new Wrong('publicPort', 'Many devices share a public address: give the port, or the private address, too.');
    }
    const names = ['phoneNumber', 'networkAccessIdentifier', 'ipv6Address'];
    const device = some({ ...Object.fromEntries(names.map((name) => [name, read.text(name) || undefined])), ipv4Address });
    if (!device) throw new Wrong('phoneNumber', 'A device needs at least one identifier: a number, a name or an address.');
    const id = told(() => sandbox.devices.add({ ...device, ...(read.flag('unsupported') && { unsupported: true }) }), 'phoneNumber', 'networkAccessIdentifier', 'publicAddress', 'privateAddress', 'publicPort', 'ipv4Address', 'ipv6Address');
    return `${id} is known.`;
  },

  profiles(read, sandbox) {
    let profiles;
    try {
      profiles = JSON.parse(read.text('json'));
    } catch (error) {
      throw new Wrong('json', `This is not JSON: ${error.message}`);
    }
    if (!Array.isArray(profiles)) throw new Wrong('json', 'A catalogue is a list of profiles: put it in square brackets.');
    try {
      sandbox.configure({ profiles });
    } catch (error) {
      throw new Wrong('json', sentence(error.message));
    }
    return profiles.length === 1 ? 'One profile is on offer.' : `${profiles.length} profiles are on offer.`;
  },

  limits(read, sandbox) {
    const most = { traffic: 10_000_000, notifications: 10_000_000, releasedSessions: 10_000_000, bodyBytes: 100_000_000 };
    const limits = Object.fromEntries(Object.entries(most).map(([name, limit]) => [name, read.whole(name, 0, limit)]));
    for (const [name, value] of Object.entries(limits)) {
      if (value === undefined) throw new Wrong(name, 'How many? 0 keeps none.');
    }
    sandbox.configure({ limits });
    return 'Applied.';
  },
};

/** Does what a form says: what to say then, or what is wrong with which field. */
export function apply(form, values, sandbox) {
  try {
    return FORMS[form](reader(values), sandbox);
  } catch (error) {
    return { field: error.field ?? '', trouble: error.field === undefined ? sentence(error.message) : error.message };
  }
}

/** When a session is taken back. */
function terminate(read) {
  const how = read.text('terminate');
  if (how === 'no') return undefined;
  if (!read.text('when')) throw new Wrong('when', how === 'share' ? 'At what share? 50 % is halfway.' : 'How long after it was granted? Write 10s, for instance.');
  return how === 'share' ? { share: read.share('when') } : read.span('when');
}

/** Readers of the fields; what is empty is nothing. */
function reader(values) {
  const text = (field) => values[field].trim();
  return {
    text,
    flag: (field) => values[field] === 'yes',
    whole(field, least, most) {
      const written = text(field);
      if (written === '') return undefined;
      const number = /^\d+$/.test(written) ? Number(written) : NaN;
      if (!(number >= least && number <= most)) throw new Wrong(field, `“${written}” will not do: write a whole number from ${least} to ${most}.`);
      return number;
    },
    span(field, least = 0) {
      const written = text(field);
      if (written === '') return undefined;
      if (/^\d+(\.\d+)?$/.test(written)) throw new Wrong(field, `${written} of what? Write ${written}s or ${written}ms.`);
      let millis;
      try {
        millis = duration(written);
      } catch {
        throw new Wrong(field, `“${written}” is no duration: write a number with ms, s, m, h or d, such as 2s.`);
      }
      if (millis < least) throw new Wrong(field, 'This must be more than nothing: write 1s, for instance.');
      return millis;
    },
    share(field) {
      const written = text(field);
      if (written === '') return undefined;
      const number = /^\d+(\.\d+)?\s*%?$/.test(written) ? parseFloat(written) : NaN;
      if (!(number <= 100)) throw new Wrong(field, `“${written}” is no share: write a number from 0 to 100, in per cent.`);
      return number / 100;
    },
  };
}

/** Calls the sandbox; what it finds wrong with one of these members is told at that field. */
function told(call, ...members) {
  try {
    return call();
  } catch (error) {
    const { message } = error;
    const found = members.filter((member) => message.includes(member));
    const field = found.includes('ipv4Address') ? (found.find((member) => member !== 'ipv4Address' && member.startsWith('p') && member !== 'phoneNumber') ?? 'publicAddress') : found[0];
    throw new Wrong(field ?? '', sentence(message));
  }
}

/** An object's members that there are; nothing if there are none. */
function some(members) {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** A message of the sandbox without the name of the call, as a sentence. */
function sentence(message) {
  // Names of members stay as they are.
  const text = message.replace(/^[\w.]+: (the \w+ )?/, '').replace(/^[a-z]+(?= )/, (word) => word[0].toUpperCase() + word.slice(1));
  return `${text}${/[.!?]$/.test(text) ? '' : '.'}`;
}
