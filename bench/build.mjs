// How long `cargo xtask serve` and `cargo xtask test` take: from a fresh clone of what is committed, and again. What
// package managers have downloaded before is there.

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report } from './lib/report.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'qod-build-'));
const env = { ...process.env };
// A folder of compiled things that all clones share would make none of them cold.
delete env.CARGO_TARGET_DIR;

function clone(name) {
  const to = join(folder, name);
  const { status } = spawnSync('git', ['clone', '--quiet', root, to], { stdio: 'inherit' });
  if (status !== 0) throw new Error('cannot clone');
  return to;
}

/** Seconds until the page is served. */
async function serve(cwd) {
  const begin = performance.now();
  const child = spawn('cargo', ['xtask', 'serve', '--port', '0'], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let said = '';
    const url = await new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
      child.stdout.on('data', (text) => {
        said += text;
        const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
        if (address) resolve(address);
      });
    });
    if (!(await fetch(url)).ok) throw new Error(`${url} is not served`);
    return (performance.now() - begin) / 1_000;
  } finally {
    child.removeAllListeners('exit');
    process.kill(-child.pid);
  }
}

/** Minutes until all tests have passed. */
function test(cwd) {
  const begin = performance.now();
  const { status, stdout } = spawnSync('cargo', ['xtask', 'test'], { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 30 });
  console.log(stdout.trim().split('\n').at(-1));
  if (status !== 0) throw new Error(stdout.slice(-4_000));
  return (performance.now() - begin) / 60_000;
}

const served = clone('serve');
const cold = await serve(served);
const warm = [];
for (let round = 0; round < 5; round++) warm.push(await serve(served));
const changed = [];
for (let round = 0; round < 5; round++) {
  appendFileSync(join(served, 'src/engine.rs'), `// ${round}\n`);
  changed.push(await serve(served));
}
const tested = clone('test');
const [first, again] = [test(tested), test(tested)];
rmSync(folder, { recursive: true });
report({
  row: 'build',
  title: 'Build',
  how: `In a fresh clone with ${availableParallelism()} cores, the downloads of cargo and npm there already. \`serve\` until the page is answered: the first time, again, and after a change in \`src/engine.rs\`; \`test\` until everything has passed, the first time and again (once each: it takes its time).`,
  figures: [
    { name: '`cargo xtask serve`, cold', unit: 's', values: [cold] },
    { name: '`cargo xtask serve`, warm', unit: 's', values: warm },
    { name: '`cargo xtask serve`, after a change', unit: 's', values: changed },
    { name: '`cargo xtask test`, cold', unit: 'min', values: [first], goal: { atMost: 25 } },
    { name: '`cargo xtask test`, warm', unit: 'min', values: [again] },
  ],
});
