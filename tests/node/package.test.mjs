// The package as npm packs and installs it: what is in it, and that it runs in Node, Deno and Bun.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const PACKAGE = fileURLToPath(new URL('../../dist/npm/', import.meta.url));
const require = createRequire(import.meta.url);
const execute = promisify(execFile);

let place;
let packed;

const npm = (...words) => execute('npm', words, { cwd: place, shell: process.platform === 'win32' });

before(async () => {
  place = await mkdtemp(join(tmpdir(), 'qod-package-'));
  await writeFile(join(place, 'package.json'), '{ "private": true, "type": "module" }');
  [packed] = JSON.parse((await npm('pack', PACKAGE, '--json')).stdout);
  await npm('install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', `./${packed.filename}`);
});

after(() => rm(place, { recursive: true }));

/** Runs a program in the folder in which the package is installed; `program` is `[file, ...words]`. */
async function run(source, [file, ...words] = [process.execPath]) {
  await writeFile(join(place, 'app.mjs'), source);
  const env = { ...process.env, DENO_DIR: join(place, '.deno'), DENO_NO_UPDATE_CHECK: '1' };
  const { stdout, stderr } = await execute(file, [...words, 'app.mjs'], { cwd: place, env });
  assert.equal(stderr, '');
  return stdout;
}

const APP = `
import { createSandbox } from 'qod-sandbox';
const sandbox = await createSandbox({ clock: 'manual', auth: 'off', seed: 1 });
sandbox.receive('*', async (request) => new Response(null, { status: (await request.json()).data.qosStatus === 'AVAILABLE' ? 204 : 500 }));
const response = await sandbox.fetch('https://api.example/qod/v0/sessions', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    device: { phoneNumber: '+12025550117' },
    applicationServer: { ipv4Address: '198.51.100.10' },
    qosProfile: 'QOS_E',
    webhook: { notificationUrl: 'https://application-server.com/notifications' },
  }),
});
await sandbox.clock.advanceAsync('3s');
const [{ event, deliveries }] = sandbox.notifications();
const document = await (await sandbox.fetch('/qod/v0/openapi.json')).json();
const har = JSON.parse(await sandbox.exportRun('har'));
console.log(response.status, event.data.qosStatus, deliveries[0].status, document.openapi, har.log.entries.length > 0);
sandbox.dispose();
`;

const PRINTED = /^201 AVAILABLE 204 3\.0\.\d true\n$/;

test('it holds what is exported, what that takes, and what every package has', async () => {
  const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  const exported = [];
  const collect = (target) => (typeof target === 'string' ? exported.push(target.replace('./', '')) : Object.values(target).forEach(collect));
  collect(manifest.exports);
  // Not for imports, but for whoever serves the folder.
  const pages = ['index.html', 'embed.html', 'run.html'];
  const texts = await Promise.all(pages.map((path) => readFile(join(PACKAGE, path), 'utf8')));
  const named = texts.flatMap((text) => [...text.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, path]) => path));
  const belongs = new Set(['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', ...exported, ...pages, ...named]);
  const entryPoints = [...belongs].filter((path) => path.endsWith('.js'));
  const { metafile } = await build({ absWorkingDir: PACKAGE, entryPoints, bundle: true, splitting: true, format: 'esm', external: ['node:*'], outdir: 'out', write: false, metafile: true, logLevel: 'silent' });
  for (const path of Object.keys(metafile.inputs)) belongs.add(path);
  for (const path of [...belongs].filter((path) => path.endsWith('.js'))) {
    const [, map] = /^\/\/# sourceMappingURL=(.*)$/m.exec(await readFile(join(PACKAGE, path), 'utf8')) ?? [];
    if (map) belongs.add(join(path, '..', map));
  }
  assert.deepEqual(packed.files.map(({ path }) => path).sort(), [...belongs].sort());
  assert.ok(entryPoints.length > 2 && belongs.has('glue/headless_bg.wasm'));
});

test('it names no folder of the machine that built it', async () => {
  for (const name of ['headless', 'console']) {
    const wasm = await readFile(join(PACKAGE, `glue/${name}_bg.wasm`), 'latin1');
    assert.match(wasm, /crates\/serde_json-/, 'panics name their places');
    assert.doesNotMatch(wasm, /\.cargo|registry\/src|\/home\/|\/root\/|\/Users\/|\/tmp\//);
    assert.equal(wasm.includes(fileURLToPath(new URL('../../', import.meta.url))), false);
  }
});

test('what was made small leads back to its sources, and keeps the names that people see', async () => {
  const { sources, sourcesContent } = JSON.parse(await readFile(join(PACKAGE, 'core.js.map'), 'utf8'));
  const source = await readFile(new URL('../../www/core.js', import.meta.url), 'utf8');
  assert.equal(sourcesContent[sources.indexOf('sources/core.js')], source);
  const { createSandbox } = await import('../../dist/npm/node.js');
  const { QodRunElement, QodSandboxElement } = await import('../../dist/npm/element.js');
  const sandbox = await createSandbox({ clock: 'manual' });
  sandbox.dispose();
  assert.deepEqual([sandbox.constructor, QodSandboxElement, QodRunElement].map(({ name }) => name), ['Sandbox', 'QodSandboxElement', 'QodRunElement']);
  assert.match(await readFile(join(PACKAGE, 'element/sample.js'), 'utf8'), /Permission is hereby granted/, 'the licence of what is bundled');
});

test('a page loads few files: the modules of code alone, of elements, of the console', async () => {
  const loaded = async (...starts) => {
    const all = new Set(starts);
    for (const path of all) {
      const code = await readFile(join(PACKAGE, path), 'utf8');
      for (const [, named] of code.matchAll(/(?:from|import) ?"(\.[^"]+)"/g)) all.add(join(path, '..', named));
    }
    return [...all].sort();
  };
  assert.deepEqual(await loaded('qod-sandbox.js'), ['core.js', 'glue/headless.js', 'qod-sandbox.js', 'shared.js']);
  assert.deepEqual(await loaded('element.js'), ['element.js', 'shared.js']);
  assert.deepEqual(await loaded('console.js'), ['console.js', 'core.js', 'element/styles.js', 'shared.js']);
  assert.deepEqual(await loaded('element/running.js'), ['element/running.js']);
});

test('Node', async () => assert.match(await run(APP), PRINTED));

/** The program of an npm package with it for this machine, or that on the PATH; nothing where neither starts. */
async function runtime(name, packages) {
  const candidates = packages.map(([name, file]) => {
    try {
      return join(require.resolve(`${name}/package.json`), '..', file);
    } catch {
      return undefined;
    }
  });
  for (const candidate of [...candidates, name]) {
    if (candidate && (await execute(candidate, ['--version']).catch(() => undefined))) return candidate;
  }
  return undefined;
}

test('Deno', async (t) => {
  const deno = await runtime('deno', [['@deno/linux-x64-glibc', 'deno']]);
  if (!deno) return t.skip('there is no Deno: npm has it for Linux on x64; elsewhere, have deno on the PATH');
  assert.match(await run(APP, [deno, 'run', '--no-remote', '--allow-read=.']), PRINTED);
});

test('Bun', async (t) => {
  const bun = await runtime('bun', [['@oven/bun-linux-x64', 'bin/bun']]);
  if (!bun) return t.skip('there is no Bun, or none for this processor: npm has it for Linux on x64; elsewhere, have bun on the PATH');
  assert.match(await run(APP, [bun, 'run']), PRINTED);
});

test('a server that renders pages can import the element, which does nothing there', async () => {
  const source = `
import { createSandbox, QodSandboxElement } from 'qod-sandbox/element';
const told = (make) => make().then(() => 'works', ({ message }) => message);
console.log(await told(async () => new QodSandboxElement()));
console.log(await told(createSandbox));
console.log((await import('qod-sandbox')).createSandbox !== createSandbox);`;
  assert.deepEqual((await run(source)).trim().split('\n'), [
    'the elements of QoD Sandbox need a page: there is no document here',
    "createSandbox of 'qod-sandbox/element' needs a page: where there is none, take that of 'qod-sandbox'",
    'true',
  ]);
});

test('the option wasm takes a path, a file, bytes or a module; what cannot be read is named', async () => {
  const file = './node_modules/qod-sandbox/glue/headless_bg.wasm';
  const kinds = [`'${file}'`, `new URL('${file}', import.meta.url)`, `new URL('${file}', import.meta.url).href`, `await readFile('${file}')`, `readFile('${file}')`, `new WebAssembly.Module(await readFile('${file}'))`];
  const source = (wasm) => `
import { readFile } from 'node:fs/promises';
import { createSandbox } from 'qod-sandbox';
const create = async () => createSandbox({ clock: 'manual', wasm: ${wasm} });
console.log(await create().then(() => 'works', ({ message }) => message));`;
  for (const kind of kinds) assert.equal(await run(source(kind)), 'works\n', kind);
  assert.match(await run(source("'./nowhere.wasm'")), /^the wasm could not be read: .*nowhere\.wasm/);
  assert.match(await run(source("''")), /wasm must be an address/);
});

test('bundled for Node, it is handed the file', async () => {
  await writeFile(join(place, 'main.mjs'), "import { createSandbox } from 'qod-sandbox'; const told = (options) => createSandbox({ clock: 'manual', ...options }).then(() => 'works', ({ message }) => message); console.log(await told()); console.log(await told({ wasm: process.argv[2] }));");
  await build({ absWorkingDir: place, entryPoints: ['main.mjs'], bundle: true, platform: 'node', format: 'esm', outfile: 'bundle/main.mjs', logLevel: 'silent' });
  const wasm = join(place, 'node_modules/qod-sandbox/glue/headless_bg.wasm');
  const { stdout } = await execute(process.execPath, ['bundle/main.mjs', wasm], { cwd: place });
  assert.match(stdout, /^the wasm could not be read: .*createSandbox\(\{ wasm: .*\nworks\n$/);
});
