// What a measurement says: shown at once, and kept for the table where `cargo xtask bench` asks for it.
//
// A figure is `{ name, unit, values }`, with what it is compared to (`against: { name, values }`, in the same rounds)
// and a goal: `{ atMost }` or `{ atLeast }`, of the ratio where there is one, else of the median.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './turns.mjs';

/** Reports one row of the table: what it is about, how it was got, and its figures. */
export function report({ row, title, how, figures }) {
  const summed = figures.map(summary);
  console.log(`\n${title}`);
  for (const figure of summed) console.log(`  ${line(figure)}`);
  const folder = process.env.QOD_BENCH_OUT;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${row}.json`), `${JSON.stringify({ row, title, how, figures: summed }, null, 2)}\n`);
}

function summary({ name, unit, values, against, goal }) {
  const figure = { name, unit, ...spread(values), rounds: values.length };
  if (against) {
    const ratios = values.map((value, round) => value / against.values[against.values.length === 1 ? 0 : round]);
    // A peer that is to be slower is told as how many times, not as a part.
    const turned = goal?.atLeast === undefined ? ratios : ratios.map((ratio) => 1 / ratio);
    figure.ratio = { to: against.name, ...spread(turned) };
  }
  if (goal) figure.goal = { ...goal, met: met(figure.ratio ?? figure, goal) };
  return figure;
}

const spread = (values) => ({ median: rounded(median(values)), least: rounded(Math.min(...values)), most: rounded(Math.max(...values)) });

/** Three digits that mean something. */
const rounded = (value) => (Number.isInteger(value) ? value : Number(value.toPrecision(3)));

const met = (value, { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }) => value.median <= atMost && value.median >= atLeast;

/** A figure in a line, as the terminal shows it. */
function line({ name, unit, ratio, goal, ...value }) {
  let text = `${name}: ${range(value)} ${unit}`;
  if (ratio) text += `; ${range(ratio)} x ${goal?.atLeast === undefined ? `of ${ratio.to}` : `as fast as ${ratio.to}`}`;
  if (goal) text += ` (goal ${goal.atMost === undefined ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`}${goal.met ? '' : ', missed'})`;
  return text;
}

const range = ({ median: middle, least, most }) => (least === most ? `${middle}` : `${middle} (${least} to ${most})`);
