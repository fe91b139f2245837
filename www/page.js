// The page around a console: what it keeps, shows in its address, and hands out.

import { pageBeside } from './beside.js';
import { later } from './later.js';
import { holdsRun, settle } from './share.js';

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
  /** The run of a file, to be played: nothing if none is chosen. */
  async import(_, { dropped, offer }) {
    const { pick, read } = await later('', () => import('./files.js'));
    const file = dropped ?? (await pick());
    return file && offer(await read(file));
  },
  /** The run of the page's address, to be played. */
  async link(_, { offer }) {
    const { readLink } = await later('', () => import('./files.js'));
    try {
      return await offer(await readLink());
    } catch (error) {
      settle(true);
      throw error;
    }
  },
  /** Plays the run that was offered, in the place of what is here. */
  async replace(_, { sandbox, take }) {
    const { play } = await later('', () => import('./files.js'));
    return play(take(), sandbox);
  },
  /** Leaves what is here as it is. */
  async keep(_, { take }) {
    take();
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
  /** A file that was dropped onto the console, until it is read. */
  #dropped;
  /** A run that is to be played, until it is, or is not wanted. */
  #offered;

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

  /** Hears of a run in the page's address that is not shown: now, and when the address comes to hold one. */
  onShared(listener) {
    const tell = () => holdsRun() && listener('');
    if (this.#host.hasAttribute('shared')) {
      addEventListener('hashchange', tell, { signal: this.#life });
      tell();
    }
    return () => removeEventListener('hashchange', tell);
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
    const offer = (run) => this.#offer(run);
    const take = () => this.#take();
    Promise.resolve()
      .then(() => performers[what](details, { sandbox: this.#sandbox, host: this.#host, dropped, offer, take }))
      .then(done, (error) => done(undefined, error?.message ?? String(error)));
  }

  /** Keeps a run until it is wanted: what it would bring, as rows of texts, where something here would go for it. */
  async #offer(run) {
    const { summary } = await later('', () => import('./offer.js'));
    const rows = await summary(run, this.#sandbox);
    this.#offered = run;
    return { rows };
  }

  #take() {
    const run = this.#offered;
    this.#offered = undefined;
    // The address of a page that is kept lets go of it, and of one that is not wanted.
    if (run?.link) settle(true);
    return run;
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
