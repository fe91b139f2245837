// The books of the soak (`cargo xtask bench soak`): what they complain of.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ledger } from '../../bench/soak/ledger.mjs';

const [AT, ENDS] = [1_000_500, 1_060];
const created = ['created', 's', AT, 'expired', ENDS];
const told = (id, at, status) => ['notification', id, at, 's', id, at, status];
const granted = told('a', AT + 2_000, 'AVAILABLE');
const expired = told('b', ENDS * 1_000, 'DURATION_EXPIRED');
const delivered = (id, at) => ['delivery', id, at, 1, 'delivered'];
const whole = [created, granted, delivered('a', AT + 2_000), expired, delivered('b', ENDS * 1_000)];

/** The complaints about these notes. */
function complaints(...notes) {
  const ledger = new Ledger((at) => [[at, 'delivered']]);
  ledger.enter(notes);
  return ledger.complaints({ atEnd: true });
}

const without = (note) => whole.filter((one) => one !== note);
const instead = (note, other) => whole.map((one) => (one === note ? other : one));

test('a life with everything at its time is in order, also one that was extended or deleted', () => {
  assert.deepEqual(complaints(...whole), []);
  const later = told('b', 1_660_000, 'DURATION_EXPIRED');
  assert.deepEqual(complaints(created, granted, delivered('a', AT + 2_000), ['extended', 's', 1_660], later, delivered('b', 1_660_000)), []);
  const deleted = told('b', AT + 9_500, 'DELETE_REQUESTED');
  assert.deepEqual(complaints(created, granted, delivered('a', AT + 2_000), ['deleted', 's', AT + 9_000, AT + 10_000], deleted, delivered('b', AT + 9_500)), []);
});

test("what is missing, late, early, doubled or another's is told", () => {
  const wrong = {
    'were not notified of to their end': without(expired).slice(0, -1),
    'were not delivered to their end': without(whole[2]),
    'instead of AVAILABLE,1002500': instead(granted, told('a', AT + 2_001, 'AVAILABLE')),
    'instead of DURATION_EXPIRED,1060000': instead(expired, told('b', ENDS * 1_000 - 1, 'DURATION_EXPIRED')),
    'instead of nothing': [...whole, told('c', ENDS * 1_000, 'DURATION_EXPIRED')],
    'the id a was given twice': instead(expired, told('a', ENDS * 1_000, 'DURATION_EXPIRED')),
    'instead of none': [...whole, delivered('b', ENDS * 1_000)],
    'has an event z': instead(granted, ['notification', 'a', AT + 2_000, 's', 'z', AT + 2_000, 'AVAILABLE']),
    'was refused at': instead(whole[2], ['delivery', 'a', AT + 2_000, 1, 'refused']),
    'which was not told of': [...whole, ['received', 'q']],
    'clock: jump': [...whole, ['trouble', 'clock: jump']],
  };
  for (const [text, notes] of Object.entries(wrong)) {
    const told = complaints(...notes);
    assert.ok(told.some((one) => one.includes(text)), `${text}: ${told}`);
  }
});
