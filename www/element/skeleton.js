// The console's frame, before the console: the same classes, so that nothing moves when it comes.

import { made } from './surface.js';

/** The mark beside the name. */
function mark() {
  const drawn = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  };
  const svg = drawn('svg', { viewBox: '0 0 20 20' });
  svg.append(drawn('rect', { width: 20, height: 20, rx: 5 }), drawn('path', { d: 'M5 14v-2M8.3 14v-4.2M11.7 14V7.6M15 14V5.2' }));
  return svg;
}

/** The columns, and the panes in each, by what they are called and where they show. */
const COLUMNS = [
  ['request', { request: 'Create session' }],
  ['centre', { session: '', timeline: 'Sessions', traffic: 'Traffic' }],
  ['notify', { notifications: 'Notifications' }],
];

/** Frames of the parts that are going to be there, and a word that they are on their way. */
export function skeleton(view, fills, invites) {
  const names = view?.split(/\s+/).filter(Boolean) ?? [];
  const usual = fills ? ['clock', 'request', 'timeline', 'notifications'] : ['clock', 'request', 'session'];
  const shown = (name) => (names.length > 0 ? names : usual).includes(name);
  const pane = ([name, title]) => made('div', `pane frame__${name}`, ...(title ? [made('div', 'head rule', made('p', 'frame__title', title))] : []));
  const column = ([className, panes]) => {
    const titles = Object.entries(panes).filter(([name]) => shown(name));
    return titles.length > 0 && made('div', className, ...titles.map(pane));
  };
  const time = made('div', 'clock__read', made('span', 'clock__time num', '--:--:--'), made('span', 'clock__sub', '\u00a0'));
  const frame = made(
    'div',
    fills ? 'app app--page frame' : 'app frame',
    made('div', fills ? 'topbar' : 'topbar topbar--embed', made('p', 'brand', mark(), 'QoD Sandbox')),
    ...(shown('clock') ? [made('div', 'clock', made('div', 'clock__main', made('span', 'playbtn'), time), ...(fills ? [made('div', 'scrub')] : []))] : []),
    ...(invites ? [made('div', 'invite')] : []),
    made('div', 'work', ...COLUMNS.map(column).filter(Boolean)),
  );
  // Nothing of it can be used yet: it is told in one sentence.
  frame.ariaHidden = 'true';
  const status = made('p', 'vh', 'Loading the sandbox…');
  status.setAttribute('role', 'status');
  return [status, frame];
}
