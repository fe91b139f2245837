// A run that someone hands on, before it takes the place of what is here: played in a sandbox of its own, and summed up.

import { Sandbox, load } from './console.js';
import { counted, damaged } from './files.js';

/** The settings, as people call them. */
const SETTINGS = {
  dialect: 'edition of the API',
  auth: 'access tokens',
  conflictPolicy: 'conflicts',
  operator: 'operator',
  profiles: 'profiles',
  delivery: 'delivery of webhooks',
  scenario: 'what becomes of new sessions',
  limits: 'limits',
};

/** What a run would bring, as rows of texts; nothing where nothing here would go for it. Throws where it cannot be played. */
export async function summary({ run, name, link }, sandbox) {
  const backend = sandbox[Symbol.for('qod-sandbox.backend')];
  if (!backend.isTouched()) return undefined;
  const stage = await Sandbox.start(await load({}), { clock: 'manual' });
  try {
    await stage.replay(run).catch((error) => {
      throw damaged(name, error);
    });
    const rows = [
      ['Here now', holdings(sandbox)],
      [link ? 'In the link' : name, holdings(stage)],
      ['Its time', span(run)],
      ['Its settings', await changes(stage, sandbox)],
    ];
    if (asksToPost(run)) rows.push(['Real POSTs', 'It was made with them; here they stay off.']);
    return rows;
  } finally {
    stage.dispose();
  }
}

/** How much there is in a sandbox. */
function holdings(sandbox) {
  const { traffic, notifications, sessions } = sandbox.dropped();
  const counts = [
    counted(sandbox.traffic().length + traffic, 'request'),
    counted(sandbox.sessions().length + sessions, 'session'),
    counted(sandbox.notifications().length + notifications, 'notification'),
  ];
  return `${counts[0]}, ${counts[1]} and ${counts[2]}`;
}

/** From when to when it goes. */
function span({ startAt, endAt }) {
  const [from, to] = [startAt, endAt].map((at) => new Date(at).toISOString().slice(0, 19).replace('T', ' '));
  return `${from} to ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} UTC`;
}

/** Which settings would be others than they are here. */
async function changes(stage, sandbox) {
  const [theirs, ours] = [await settings(stage), await settings(sandbox)];
  const text = (all, name) => JSON.stringify(all[name]);
  const changed = Object.keys(SETTINGS).filter((name) => text(theirs, name) !== text(ours, name));
  return changed.length === 0 ? 'as they are here' : `others than here: ${changed.map((name) => SETTINGS[name]).join(', ')}`;
}

/** The settings in force: those with which a run begins that goes on from here. */
async function settings(sandbox) {
  const copy = await Sandbox.start(await load({}), { clock: 'manual' });
  try {
    copy.restore(sandbox.snapshot());
    return JSON.parse(await copy.exportRun('json')).settings;
  } finally {
    copy.dispose();
  }
}

const asksToPost = ({ settings, inputs }) => [settings, ...inputs.map(({ configure }) => configure)].some((one) => one?.delivery === 'network' || one?.delivery?.to === 'network');
