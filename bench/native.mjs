// What a call costs in Rust, as criterion measures it; see bench/native/benches/handle.rs.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { report } from './lib/report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? `${root}target`;
const ROUNDS = 5;
/** Create, get and delete. */
const CALLS = 3;

/** Microseconds a round, by criterion's median. */
function median(name) {
  const { median: found } = JSON.parse(readFileSync(`${target}/criterion/native/${name}/new/estimates.json`, 'utf8'));
  return found.point_estimate / 1_000;
}

const cargo = ['bench', '--quiet', '--package', 'qod-sandbox-bench', '--bench', 'handle', '--'];
const brief = ['--warm-up-time', '0.5', '--measurement-time', '1.5', '--sample-size', '30'];
const took = { handle: [], json: [] };
for (let round = 0; round < ROUNDS; round++) {
  for (const name of Object.keys(took)) {
    const { status, stderr } = spawnSync('cargo', [...cargo, ...brief, `native/${name}`], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    took[name].push(median(name) / CALLS);
  }
}
report({
  row: 'native',
  title: 'One call in Rust',
  how: `Create, get and delete through \`Sandbox::request\`, its records full, by criterion (\`cargo bench -p qod-sandbox-bench\`), ${ROUNDS} times in turns. Floor: \`serde_json\` reads and writes the bodies that go in and out.`,
  figures: [
    { name: '`request`', unit: 'µs a call', values: took.handle, against: { name: 'floor: JSON', values: took.json }, goal: { atMost: 2 } },
    { name: 'floor: JSON', unit: 'µs a call', values: took.json },
  ],
});
