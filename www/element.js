// <qod-sandbox>: the console as an element, with a sandbox of its own.

import * as glue from './glue/console.js';
import { console as integrity } from './glue/integrity.js';
import css from './console.css.js';
import { Sandbox } from './core.js';
import { loader } from './instance.js';
import { optionNames } from './options.js';
import { Page, isFirstVisit } from './page.js';
import { sharedRun } from './share.js';
import { skeleton } from './skeleton.js';
import { compiled } from './wasm.js';

const url = () => new URL('./glue/console_bg.wasm', import.meta.url);
const load = loader(glue, (wasm) => compiled(wasm, { name: 'console', url, integrity }));

/** Events of the sandbox that the element tells on, as `qod-…`. */
const EVENTS = ['request', 'session', 'notification', 'delivery', 'clock', 'error'];

/** Starts a sandbox that an element can show. */
export async function createSandbox(options) {
  if (!globalThis.customElements) throw new Error("createSandbox of 'qod-sandbox/element' needs a page: where there is none, take that of 'qod-sandbox'");
  return Sandbox.start(await load(options?.wasm), options);
}

/** Where there is no document, as on a server that renders pages, importing this does nothing. */
const Base = globalThis.HTMLElement ?? class {
  constructor() {
    throw new Error('<qod-sandbox> needs a page: there is no document here');
  }
};

export class QodSandboxElement extends Base {
  #root = this.attachShadow({ mode: 'open' });
  #sandbox;
  #own = false;
  #console;
  #instance;
  #offs = [];
  #started = 0;
  #ready = Promise.withResolvers?.() ?? deferred();

  /** The sandbox that is shown; set it to one of this module's `createSandbox` to show that. */
  get sandbox() {
    return this.#sandbox;
  }

  set sandbox(sandbox) {
    if (!(sandbox instanceof Sandbox)) {
      throw new TypeError("element.sandbox must come from createSandbox of 'qod-sandbox/element', the element's own module");
    }
    this.#stop();
    this.#sandbox = sandbox;
    if (this.isConnected) this.#start();
  }

  /** Fulfilled with the sandbox when the console is shown. */
  get ready() {
    return this.#ready.promise;
  }

  connectedCallback() {
    if (!this.#console) this.#start();
  }

  disconnectedCallback() {
    // Moving an element takes it out and puts it back in the same task.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  async #start() {
    const turn = ++this.#started;
    this.#root.adoptedStyleSheets = [styles()];
    this.#showFrame();
    try {
      const instance = await load(this.getAttribute('wasm') ?? undefined);
      if (turn !== this.#started || !this.isConnected) return;
      if (!this.#sandbox) {
        const options = this.#options();
        const sandbox = await Sandbox.start(instance, options);
        if (turn !== this.#started || !this.isConnected) return sandbox.dispose();
        this.#sandbox = sandbox;
        this.#own = true;
        const backend = sandbox[Symbol.for('qod-sandbox.backend')];
        // What was kept began another run than the first, with its receivers, also if there are none.
        const kept = instance.run(() => backend.run() > 0);
        await this.#showShared(sandbox);
        // Unless real POSTs are wanted, every webhook is answered in the tab.
        const answered = kept || instance.run(() => backend.hasReceivers());
        if (!answered && (options.delivery?.to ?? options.delivery) !== 'network') sandbox.receive('*', 204);
      }
      this.#show(instance);
    } catch (error) {
      if (turn === this.#started) this.#fail(error, 'The sandbox could not be started');
    }
  }

  /** Plays the run of the page's own address, if the attribute `shared` says that there may be one. */
  async #showShared(sandbox) {
    const run = this.hasAttribute('shared') && (await sharedRun(location.href));
    if (!run) return;
    await sandbox.replay(run);
    // It is kept from here on: a reload is to show what was done since, not the link's run once more.
    if (this.hasAttribute('persist')) history.replaceState(history.state, '', location.pathname + location.search);
  }

  #show(instance) {
    const sandbox = this.#sandbox;
    const host = document.createElement('div');
    host.className = 'console';
    host.part = 'console';
    // The console speaks English, wherever it stands; foreign texts in it are set apart.
    host.lang = 'en';
    host.dir = 'ltr';
    this.#root.replaceChildren(host);
    this.#instance = instance;
    const page = new Page(this, sandbox, instance.life);
    this.#console = instance.run(() => glue.mount(host, sandbox[Symbol.for('qod-sandbox.backend')], page, this.hasAttribute('fill'), instance.life));
    this.#offs = EVENTS.map((type) =>
      sandbox.on(type, (detail) => {
        this.dispatchEvent(new CustomEvent(`qod-${type}`, { detail, bubbles: true, composed: true }));
        if (type === 'error' && detail.topic === 'sandbox') this.#fail(detail.error, 'The sandbox stopped');
      }),
    );
    this.#ready.resolve(sandbox);
  }

  #stop() {
    this.#started++;
    for (const off of this.#offs.splice(0)) off();
    this.#unmount();
    // One that was given stays with whoever gave it, and is shown again when the element comes back.
    if (this.#own) {
      this.#sandbox.dispose();
      this.#sandbox = undefined;
      this.#own = false;
    }
    this.#root.replaceChildren();
    this.#ready = Promise.withResolvers?.() ?? deferred();
  }

  #unmount() {
    const shown = this.#console;
    this.#console = undefined;
    // What is dead cannot be unmounted, and need not.
    if (shown && !this.#instance.dead) this.#instance.run(() => shown.unmount());
  }

  #options() {
    const options = {};
    for (const name of optionNames) {
      const text = this.getAttribute(name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
      if (text !== null) options[name] = value(text, name);
    }
    return options;
  }

  /** What is seen until the console is there: its frame, and what the author put into the element. */
  #showFrame() {
    const fills = this.hasAttribute('fill');
    const frame = skeleton(fills, fills && isFirstVisit());
    // A page of its own has such a frame in the element, for the time before this module came.
    this.#root.replaceChildren(frame, ...(fills ? [] : [document.createElement('slot')]));
  }

  #fail(error, title) {
    const panel = document.createElement('div');
    panel.className = 'note note--bad';
    panel.setAttribute('role', 'alert');
    const heading = document.createElement('h2');
    heading.textContent = title;
    const text = document.createElement('p');
    text.textContent = error?.message ?? String(error);
    const again = document.createElement('button');
    again.type = 'button';
    again.className = 'btn btn--primary';
    again.textContent = 'Start afresh';
    again.addEventListener('click', () => {
      this.#stop();
      this.#sandbox = undefined;
      this.#start();
    });
    panel.append(heading, text, again);
    this.#root.replaceChildren(panel);
  }
}

/** An attribute's value: a whole number, JSON where it begins as an object or a list does, else text. */
function value(text, name) {
  if (!/^\s*(\d+\s*$|[[{])/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(`the attribute ${name} is not JSON: ${error.message}`, { cause: error });
  }
}

let sheet;

function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

function deferred() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}

const elements = globalThis.customElements;
if (elements && !elements.get('qod-sandbox')) elements.define('qod-sandbox', QodSandboxElement);
