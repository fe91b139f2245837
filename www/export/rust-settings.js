// Settings of a run as those of the crate.

import { duration } from '../time.js';
import { string, struct } from './rust-text.js';
import { changed, differing } from './settings.js';

/**
 * The fields of `Settings` that some options are about, as `{ field, variant, value }` with the `variant` of `Setting`;
 * the values are those of `settings`. `use` has a path imported and returns its last part.
 */
export function fields(options, settings, use, indent) {
  const members = memberNames(options);
  const values = changed({}, differing(settings));
  return GROUPS.filter((group) => group.members.some((member) => members.includes(member))).map(({ field, write }) => ({
    field,
    variant: field.replace(/(?:^|_)./g, (start) => start.at(-1).toUpperCase()),
    value: write(values, use, indent),
  }));
}

/** Options for which there is no code here. */
export function unknownMembers(options) {
  const known = GROUPS.flatMap(({ members }) => members).concat(OF_THE_DRIVER);
  return memberNames(options).filter((member) => !known.includes(member) || (member === 'scenario' && typeof (options.scenario ?? '') !== 'string'));
}

/** They are about wall time, the machine, and other pages. */
const OF_THE_DRIVER = ['clock', 'speed', 'persist', 'broadcast'];

const memberNames = (options) => Object.entries(options).flatMap(([name, value]) => (name === 'operator' ? Object.keys(value) : [name]));

const GROUPS = [
  { field: 'dialect', members: ['dialect'], write: ({ dialect }, use) => `${use('api::Dialect')}::${dialect === 'telefonica' ? 'Telefonica' : 'Camara'}` },
  { field: 'auth', members: ['auth'], write: ({ auth }, use) => `${use('sandbox::Auth')}::${auth === 'off' ? 'Off' : 'Required'}` },
  { field: 'operator', members: ['conflictPolicy', 'profiles', 'identifiers', 'registry', 'retentionSeconds'], write: operator },
  { field: 'rate_limit', members: ['rateLimit'], write: rateLimit },
  { field: 'plan', members: ['grant'], write: plan },
  { field: 'scenario', members: ['scenario'], write: scenario },
  { field: 'delivery', members: ['delivery'], write: delivery },
  { field: 'limits', members: ['limits'], write: limits },
];

function operator({ conflictPolicy, profiles, operator: { identifiers, registry, retentionSeconds } }, use, indent) {
  const rules = [];
  if (profiles) rules.push(['profiles', `${use('api::from_text')}(${string(JSON.stringify(profiles))}, ${use('api::catalogue')}).unwrap()`]);
  if (identifiers) {
    const names = identifiers.map((name) => `${use('engine::Identifier')}::${name[0].toUpperCase()}${name.slice(1)}`);
    rules.push(['identifiers', `vec![${names.join(', ')}]`]);
  }
  if (registry === 'closed') rules.push(['registry', `${use('engine::RegistryMode')}::Closed`]);
  if (conflictPolicy === 'strict') rules.push(['conflicts', `${use('engine::ConflictPolicy')}::Strict`]);
  if (retentionSeconds) rules.push(['retention', `${use('engine::Retention')}::new(${span(use, retentionSeconds * 1_000)}).unwrap()`]);
  return `${use('std::sync::Arc')}::new(${struct(use('engine::Operator'), rules, indent, 5)})`;
}

function rateLimit({ operator: { rateLimit: limit } }, use, indent) {
  if (!limit) return 'None';
  return `Some(${struct(use('sandbox::RateLimit'), [['requests', number(use, limit.requests)], ['per', span(use, limit.per)]], indent, 2)})`;
}

function plan({ operator: { grant } }, use, indent) {
  const answer = grant === 'synchronous' ? [['answer', `${use('engine::NetworkAnswer')}::Grant(${use('std::time::Duration')}::ZERO)`]] : [];
  return struct(use('engine::NetworkPlan'), answer, indent, 2);
}

function scenario({ scenario: name }, use) {
  return typeof name === 'string' ? `${use('sandbox::Scenario')}::named(${string(name)}).map(${use('std::sync::Arc')}::new)` : 'None';
}

function delivery({ delivery: { to, attempts, backoff, timeout, delay, copies, reorder } }, use, indent) {
  const disorder = [];
  if (delay !== undefined) disorder.push(['delay', span(use, delay)]);
  if (copies) disorder.push(['copies', number(use, copies)]);
  if (reorder) disorder.push(['reorder', 'true']);
  const policy = [];
  if (to === 'network') policy.push(['to', `${use('sandbox::Destination')}::Network`]);
  if (attempts) policy.push(['attempts', number(use, attempts)]);
  if (backoff !== undefined) policy.push(['backoff', span(use, backoff)]);
  if (timeout !== undefined) policy.push(['timeout', span(use, timeout)]);
  if (disorder.length > 0) policy.push(['disorder', struct(use('sandbox::Disorder'), disorder, indent + 4, 3)]);
  return struct(use('sandbox::DeliveryPolicy'), policy, indent, 5);
}

function limits({ limits: given }, use, indent) {
  const names = { traffic: 'traffic', notifications: 'notifications', releasedSessions: 'released_sessions', bodyBytes: 'body_bytes' };
  const kept = Object.entries(names).filter(([name]) => name in given);
  return struct(use('sandbox::Limits'), kept.map(([name, field]) => [field, String(Number(given[name]))]), indent, 4);
}

function span(use, value) {
  const millis = duration(value);
  return `${use('std::time::Duration')}::${millis % 1_000 === 0 ? `from_secs(${millis / 1_000})` : `from_millis(${millis})`}`;
}

const number = (use, value) => `${use('std::num::NonZeroU32')}::new(${Number(value)}).unwrap()`;
