// node bench/render.mjs FOLDER [--all]: what scripts have reported into FOLDER becomes bench/results.json and the table
// of BENCHMARKS.md. Without --all, only the rows that were measured change.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';

const [folder, all] = process.argv.slice(2);
const RESULTS = 'bench/results.json';
const PAGE = 'BENCHMARKS.md';

/** The order of the table; what is not named here follows. */
const ORDER = ['fetch-node', 'fetch-chromium', 'handle-node', 'handle-chromium', 'native', 'growth-devices', 'growth-one-device', 'storms', 'blocked', 'memory', 'sizes', 'made-of-headless', 'made-of-console', 'start-answer', 'start-console', 'frames', 'renders', 'deliveries', 'rewind', 'soak', 'build'];

const said = (command, ...given) => execFileSync(command, given, { encoding: 'utf8' }).trim();
const version = (name) => JSON.parse(readFileSync(existsSync(`bench/node_modules/${name}`) ? `bench/node_modules/${name}/package.json` : `node_modules/${name}/package.json`, 'utf8')).version;

const place = ({ row }) => (ORDER.includes(row) ? ORDER.indexOf(row) : ORDER.length);
const measured = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const before = all || !existsSync(RESULTS) ? [] : JSON.parse(readFileSync(RESULTS, 'utf8')).rows;
const kept = before.filter(({ row }) => !measured.some((other) => other.row === row));
// What takes long is measured by itself.
const long = all && existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')).rows.filter(({ row }) => ['build', 'soak'].includes(row)) : [];

const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0].model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}`,
  versions: {
    node: process.versions.node,
    chromium: said(process.env.QOD_CHROMIUM ?? 'chromium', '--version').replace(/^\D+/, '').split(' ')[0],
    rustc: said('rustc', '--version').split(' ')[1],
    msw: version('msw'),
    prism: version('@stoplight/prism-cli'),
    miragejs: version('miragejs'),
    rapidoc: version('rapidoc'),
    'swagger-ui': version('swagger-ui-dist'),
  },
  rows: [...kept, ...long, ...measured].toSorted((a, b) => place(a) - place(b)),
};
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);

const number = (value) => (Number.isInteger(value) ? value.toLocaleString('en') : String(value));
const range = ({ median, least, most }) => (least === most ? number(median) : `${number(median)} (${number(least)} to ${number(most)})`);

function line({ name, unit, ratio, goal, ...value }) {
  const slower = goal?.atLeast === undefined;
  const beside = ratio ? `${range(ratio)} × ${slower ? ratio.to : `as fast as ${ratio.to}`}` : '';
  const wanted = goal ? `${slower ? `≤ ${number(goal.atMost)}` : `≥ ${number(goal.atLeast)}`}${ratio ? ' ×' : ''}` : '';
  return `| ${name} | ${range(value)} ${unit} | ${beside} | ${wanted} | ${goal ? (goal.met ? 'yes' : '**no**') : ''} |`;
}

const { date, machine, versions, rows } = results;
const goals = rows.flatMap(({ figures }) => figures.filter(({ goal }) => goal));
const table = [
  `Measured on ${date}: ${machine}; ${Object.entries(versions).map((pair) => pair.join(' ')).join(', ')}.`,
  `${goals.filter(({ goal }) => goal.met).length} of ${goals.length} goals are met.`,
  '',
  '| what | measured | beside | goal | met |',
  '| --- | --- | --- | --- | --- |',
  ...rows.flatMap(({ title, figures }) => [`| **${title}** | | | | |`, ...figures.map(line)]),
  '',
  '## How each is got',
  '',
  ...rows.map(({ title, how }) => `- **${title}.** ${how}`),
].join('\n');

const [BEGIN, END] = ['<!-- written by cargo xtask bench -->', '<!-- to here -->'];
const page = readFileSync(PAGE, 'utf8');
const [head, rest] = page.split(BEGIN);
const [, tail] = (rest ?? '').split(END);
if (tail === undefined) throw new Error(`${PAGE} has no place for the table: it stands between ${BEGIN} and ${END}`);
writeFileSync(PAGE, `${head}${BEGIN}\n\n${table}\n\n${END}${tail}`);
console.log(`\nWrote ${RESULTS} and ${PAGE}: ${goals.filter(({ goal }) => goal.met).length} of ${goals.length} goals are met`);
