// The console's frame, before the console: the same classes, so that nothing moves when it comes.

const element = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

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

/** Frames of panes, which say what is going to be there, and that it is on its way. */
export function skeleton(fills, invites) {
  const heads = { request: 'Create session', sessions: 'Sessions', notify: 'Notifications' };
  const pane = (name) => {
    const pane = element('div', `pane ${name}`, element('div', 'head rule', element('p', 'frame__title', heads[name])));
    return pane;
  };
  const [request, sessions, notify] = Object.keys(heads).map(pane);
  const time = element('div', 'clock__read', element('span', 'clock__time num', '--:--:--'), element('span', 'clock__sub', '\u00a0'));
  const frame = element(
    'div',
    fills ? 'app app--page frame' : 'app frame',
    element('div', 'topbar', element('p', 'brand', mark(), 'QoD Sandbox')),
    element('div', 'clock', element('div', 'clock__main', element('span', 'playbtn'), time), element('div', 'scrub')),
    ...(invites ? [element('div', 'invite')] : []),
    element('div', 'work', request, element('div', 'centre', sessions), notify),
  );
  // Nothing of it can be used yet: it is told in one sentence.
  frame.ariaHidden = 'true';
  const status = element('p', 'vh', 'Loading the sandbox…');
  status.setAttribute('role', 'status');
  const console = element('div', 'console', status, frame);
  console.part = 'console';
  console.ariaBusy = 'true';
  return console;
}
