// Candidates that are measured beside each other in one run: they take turns, so that a slow minute of the machine is
// everybody's.

/** Some rounds of all candidates after one to warm up: for each, what it returned, in the order of the rounds. */
export async function turns(candidates, { rounds = 7, warmups = 1 } = {}) {
  const measured = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -warmups; round < rounds; round++) {
    for (const [name, measure] of Object.entries(candidates)) {
      const value = await measure();
      if (round >= 0) measured[name].push(value);
    }
  }
  return measured;
}

/** How many microseconds each of so many calls takes. */
export async function perCall(calls, act) {
  const begin = performance.now();
  await act(calls);
  return ((performance.now() - begin) * 1_000) / calls;
}

export const median = (values) => part(values, 0.5);

/** The value that so large a part of the others does not exceed. */
export function part(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
