// The page around a console: what it keeps, shows in its address, and hands out.

import { pageBeside } from './beside.js';
import { later } from './later.js';

const KEPT = 'qod-sandbox:console:';

/** What takes its time, by name: loaded when it is asked for. */
const performers = {
  async copy({ text }) {
    await navigator.clipboard.writeText(text);
  },
  async share(_, { sandbox }) {
    const { share } = await later('', () => import('./files.js'));
    return share(sandbox);
  },
  async export({ format }, { sandbox }) {
    const { download } = await later('', () => import('./files.js'));
    download(await sandbox.exportRun(format), format);
  },
  async import(_, { sandbox, dropped }) {
    const { pick, play } = await later('', () => import('./files.js'));
    const file = dropped ?? (await pick());
    return file && play(file, sandbox);
  },
  async settings({ form, values }, { sandbox }) {
    const { apply } = await later('', () => import('./settings.js'));
    return apply(form, values, sandbox);
  },
  /** The page of the console beside this module, with the run; one that is too long for a link stays here. */
  async open(_, { sandbox, host }) {
    const page = pageBeside(host, 'index.html');
    // At once: browsers take a window that opens later for an advertisement.
    const opened = window.open('', '_blank');
    const url = await sandbox.shareUrl(page).catch(() => page.href);
    if (opened) opened.location = url;
    else throw new Error(`the browser did not open a window: ${page.href}`);
  },
  async snippet({ language, request }) {
    const { highlight, snippet } = await later('', () => import('./snippets/index.js'));
    return highlight(language, snippet(language, request));
  },
};

export class Page {
  #host;
  /** What the console stands on, inside of the element. */
  #ground;
  /** Ends all listening. */
  #life;
  #sandbox;
  #links;
  #kept;
  /** A file that was dropped onto the console, until it is played. */
  #dropped;

  /** The page of an element that shows a sandbox; one that fills the page has the address and the storage. */
  constructor(host, ground, sandbox, life) {
    this.#ground = ground;
    this.#life = life;
    this.#host = host;
    this.#sandbox = sandbox;
    this.#links = host.hasAttribute('fill');
    this.#kept = this.#links ? storage() : new Map();
    const theme = this.load('theme');
    if (theme && !host.hasAttribute('theme')) host.setAttribute('theme', theme);
  }

  load(name) {
    return this.#kept.get(name);
  }

  save(name, text) {
    this.#kept.set(name, text);
  }

  place() {
    return this.#links ? placeOf(location.hash) : '';
  }

  setPlace(place) {
    if (!this.#links || place === this.place()) return;
    const url = new URL(location.href);
    url.hash = place && `/${place}`;
    history.replaceState(history.state, '', url);
  }

  onPlace(listener) {
    const tell = () => listener(this.place());
    if (this.#links) addEventListener('hashchange', tell, { signal: this.#life });
    return () => removeEventListener('hashchange', tell);
  }

  onDrop(listener) {
    const holdsFile = ({ dataTransfer }) => dataTransfer?.types.includes('Files');
    const over = (event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      this.#host.toggleAttribute('data-drop', event.type === 'dragover');
    };
    const drop = (event) => {
      over(event);
      [this.#dropped] = event.dataTransfer?.files ?? [];
      if (this.#dropped) listener(this.#dropped.name);
    };
    const listeners = { dragover: over, dragleave: over, drop };
    for (const [type, one] of Object.entries(listeners)) this.#host.addEventListener(type, one, { signal: this.#life });
    return () => {
      for (const [type, one] of Object.entries(listeners)) this.#host.removeEventListener(type, one);
    };
  }

  switchTheme() {
    // The ink is dark where the ground is light.
    const [, red] = /(\d+)/.exec(getComputedStyle(this.#ground).color);
    const theme = red > 127 ? 'light' : 'dark';
    this.#host.setAttribute('theme', theme);
    this.save('theme', theme);
  }

  localTime(millis) {
    if (new Date(millis).getTimezoneOffset() === 0) return undefined;
    return new Date(millis).toLocaleTimeString(undefined, { hour12: false, timeZoneName: 'short' });
  }

  perform(what, details, done) {
    const dropped = this.#dropped;
    this.#dropped = undefined;
    Promise.resolve()
      .then(() => performers[what](details, { sandbox: this.#sandbox, host: this.#host, dropped }))
      .then(done, (error) => done(undefined, error?.message ?? String(error)));
  }
}

/** Whether the page of its own was never shown in this browser. */
export const isFirstVisit = () => storage().get('visited') === undefined;

/** `#/sessions/e05b7712-…` names a place; a fragment without the stroke is another's. */
function placeOf(hash) {
  try {
    return hash.startsWith('#/') ? decodeURIComponent(hash.slice(2)) : '';
  } catch {
    // Broken on its way: it names none.
    return '';
  }
}

/** The page's storage; where that is denied, as long as the page lives. */
function storage() {
  const held = new Map();
  const tried = (act) => {
    try {
      return act(localStorage);
    } catch {
      return undefined;
    }
  };
  return {
    get: (name) => held.get(name) ?? tried((kept) => kept.getItem(KEPT + name)) ?? undefined,
    set: (name, text) => {
      held.set(name, text);
      tried((kept) => kept.setItem(KEPT + name, text));
    },
  };
}
