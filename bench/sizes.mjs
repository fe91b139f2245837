// How large what is published is on the wire, and what its WebAssembly is made of. `cargo xtask bench sizes` measures
// both and leaves them in target/bench/sizes.json.

import { readFileSync } from 'node:fs';
import { report } from './lib/report.mjs';

const target = process.env.CARGO_TARGET_DIR ?? 'target';
const { artefacts, wasm } = JSON.parse(readFileSync(`${target}/bench/sizes.json`, 'utf8'));

const GOALS = { headless: 75, console: 175 };
const kilobytes = (bytes) => bytes / 1_000;

report({
  row: 'sizes',
  title: 'Size on the wire',
  how: 'All files that a page loads: for `headless` to call `createSandbox`, for `console` until it can be used. Compressed one by one, Brotli at quality 11, gzip at 9; 1 KB is 1,000 bytes. `bench/budgets.json` holds the tests to them.',
  figures: Object.entries(artefacts).flatMap(([name, sizes]) =>
    Object.entries(sizes).map(([compression, bytes]) => ({
      name: `${name}, ${compression}`,
      unit: 'KB',
      values: [kilobytes(bytes)],
      ...(compression === 'brotli' && GOALS[name] && { goal: { atMost: GOALS[name] } }),
    })),
  ),
});

for (const [name, { crates, raw }] of Object.entries(wasm)) {
  const named = crates.slice(0, 8);
  const rest = crates.slice(8).reduce((sum, { bytes }) => sum + bytes, 0);
  report({
    row: `made-of-${name}`,
    title: `What ${name}.wasm is made of`,
    how: 'Code by crate, before compression, by the names that rustc gives functions; what was inlined counts to where it is. `cargo xtask sizes` shows modules and data, too.',
    figures: [...named, { name: 'other crates', bytes: rest }].map(({ name: crate, bytes }) => ({
      name: crate,
      unit: 'KB',
      values: [kilobytes(bytes)],
      against: { name: 'all of it', values: [kilobytes(raw)] },
    })),
  });
}
