// The rounds of all candidates, in Node as in a page.

import { perCall, turns } from '../lib/turns.mjs';
import { candidates } from './candidates.mjs';

/** How many calls a round has; what is slow has fewer. */
const CALLS = { msw: 600, server: 90 };

/** For each candidate, microseconds a call in each round. */
export function measure(sandbox, server) {
  const acts = Object.entries(candidates(sandbox, server));
  return turns(Object.fromEntries(acts.map(([name, act]) => [name, () => perCall(CALLS[name] ?? 3_000, act)])), { rounds: 9, warmups: 2 });
}
