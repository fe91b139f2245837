// <qod-sandbox>: the console as an element, with a sandbox of its own or of its group's.

import { CHANGEABLE, EVENTS, STARTING } from './attributes.js';
import { Base } from './base.js';
import { Group } from './group.js';
import { isOwn, loadBackend, loaded } from './loaded.js';
import { whenNear } from './near.js';
import { formOf } from './request.js';
import { block, failure, made, place, roomFor, showPlaces, surface } from './surface.js';

/** Attributes that are properties, too. */
const REFLECTED = ['view', 'theme', 'group', 'src', 'scenario', 'operation'];

/** Attributes that say what is shown, and nothing of the sandbox. */
const SHOWN = ['view', 'operation', 'fill'];

export class QodSandboxElement extends Base {
  /** What consoles call it, however small the code was made. */
  static name = 'QodSandboxElement';
  static observedAttributes = [...STARTING, ...SHOWN, 'group', 'loading'];

  #root = this.attachShadow({ mode: 'open' });
  #group;
  #given;
  #sandbox;
  #console;
  #instance;
  #offs = [];
  /** Counts what was begun: whoever finds another number after waiting gives up. */
  #turn = 0;
  #begun = false;
  #wanted = false;
  #forget = () => {};
  #changed = new Map();
  #ready = deferred();

  constructor() {
    super();
    this.#root.addEventListener('slotchange', showPlaces);
  }

  /** The sandbox that is shown; set it to one of this module's `createSandbox` to show that. */
  get sandbox() {
    return this.#sandbox;
  }

  set sandbox(sandbox) {
    if (!isOwn(sandbox)) {
      throw new TypeError("element.sandbox must come from createSandbox of 'qod-sandbox/element', the element's own module");
    }
    // What is shown already is not given, but stays whose it is.
    if (this.#group?.members.some((member) => member.sandbox === sandbox)) return;
    this.#given = sandbox;
    this.#wanted = true;
    this.#group?.give(sandbox);
  }

  /** Fulfilled with the sandbox when the console is shown, rejected where it cannot be. Who asks does not wait until it is near. */
  get ready() {
    this.#wanted = true;
    if (this.#group && !this.#begun) this.begin();
    return this.#ready.promise;
  }

  /** Shows an answer, by its exchange or the number of that, with the request in the form. */
  async show(exchange) {
    const id = typeof exchange === 'number' ? exchange : exchange?.id;
    if (!Number.isInteger(id)) throw new TypeError(`show takes an Exchange or its id; got ${String(exchange)}`);
    await this.ready;
    if (!this.#acting((shown) => shown.show(id))) throw new RangeError(`show: there is no exchange ${id}, or no longer`);
  }

  /** Puts a request into the form, to be looked at, changed and sent. */
  async edit(request = {}) {
    const given = formOf(request);
    await this.ready;
    this.#acting((shown) => shown.edit(...given));
  }

  connectedCallback() {
    // Moving an element takes it out and puts it back in the same task.
    if (this.#group) return;
    this.#takeUp();
    this.#group = Group.of(this);
    this.#group.join(this);
    if (this.#given) this.#group.give(this.#given);
    else if (this.#wanted || this.hasAttribute('fill') || this.getAttribute('loading') === 'eager') this.begin();
    else this.#wait();
  }

  /** What was set before this class was there stands in its way. */
  #takeUp() {
    for (const name of ['sandbox', ...REFLECTED]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#group || before === now) return;
    if (this.#changed.size === 0) queueMicrotask(() => this.#follow());
    this.#changed.set(name, now);
  }

  /** Shows the sandbox of its group, from the beginning. */
  async begin() {
    if (!this.#group) {
      // It begins once it stands in a document.
      this.#wanted = true;
      return;
    }
    const turn = ++this.#turn;
    this.#begun = true;
    this.#forget();
    this.#unmount();
    if (this.#ready.settled) this.#ready = deferred();
    const stale = () => turn !== this.#turn;
    try {
      this.#group.fetchAhead();
      const module = await loaded();
      if (stale()) return;
      this.#root.adoptedStyleSheets = [module.styles(this.#root)];
      this.#showFrame(module);
      const sandbox = await this.#group.sandbox(this);
      const instance = await loadBackend();
      if (stale()) return;
      this.#mount(module, instance, sandbox);
    } catch (error) {
      if (stale()) return;
      this.#ready.reject(error);
      this.#fail(error, 'The sandbox could not be started');
    }
  }

  /** Until it is near, what the author put into it stands there, and the room that it will take is kept. */
  #wait() {
    this.#root.adoptedStyleSheets = [block()];
    const room = made('div', '', made('slot'));
    room.style.minHeight = `${roomFor(this.getAttribute('view'))}rem`;
    this.#root.replaceChildren(room);
    this.#forget = whenNear(this, () => this.begin());
  }

  /** What is seen until the console is there: its frame, and what the author put into the element. */
  #showFrame({ skeleton, isFirstVisit }) {
    const fills = this.hasAttribute('fill');
    const ground = surface(...skeleton(this.getAttribute('view'), fills, fills && isFirstVisit()));
    ground.ariaBusy = 'true';
    // A page of its own has such a frame in the element, for the time before this module came.
    this.#root.replaceChildren(ground, ...(fills ? [] : [made('slot')]));
  }

  #mount({ Page, mount }, instance, sandbox) {
    const fills = this.hasAttribute('fill');
    const shown = made('div');
    const ground = surface(...(fills ? [shown] : [shown, place('caption')]));
    const page = new Page(this, ground, sandbox, instance.life);
    const backend = sandbox[Symbol.for('qod-sandbox.backend')];
    const view = this.getAttribute('view') ?? '';
    const operation = this.getAttribute('operation') ?? '';
    this.#root.replaceChildren(ground);
    this.#instance = instance;
    this.#console = instance.run(() => mount(shown, backend, page, fills, view, operation, instance.life));
    this.#sandbox = sandbox;
    this.#offs = EVENTS.map((type) =>
      sandbox[Symbol.for('qod-sandbox.overhear')](type, (detail) => {
        this.dispatchEvent(new CustomEvent(`qod-${type}`, { detail, bubbles: true, composed: true }));
        if (type === 'error') this.#say(detail);
      }),
    );
    this.#ready.resolve(sandbox);
  }

  /** Does what changed attributes say, once for all that changed together. */
  #follow() {
    const changed = new Map(this.#changed);
    this.#changed.clear();
    if (!this.#group) return;
    const names = [...changed.keys()];
    const starts = ([name, text]) => name === 'group' || (STARTING.includes(name) && (text === null || !CHANGEABLE.has(name)));
    if ([...changed].some(starts)) {
      this.#stop();
      if (this.isConnected) this.connectedCallback();
      return;
    }
    for (const [name, text] of changed) {
      if (CHANGEABLE.has(name)) this.#group.configure(name, text).catch((error) => this.#fail(error, 'The sandbox could not be changed'));
    }
    // What could not be shown before perhaps can now.
    const other = !this.#console || names.some((name) => SHOWN.includes(name));
    if (this.#begun ? other : changed.has('fill') || changed.get('loading') === 'eager') this.begin();
  }

  /** Shows what went wrong, where it is for the reader: what a listener threw is for who wrote that. */
  #say({ topic, error }) {
    if (topic === 'sandbox') this.#fail(error, 'The sandbox stopped');
    if (topic === 'persist') this.#acting((shown) => shown.warn(error.message));
  }

  #acting(act) {
    const shown = this.#console;
    return shown && this.#instance.run(() => act(shown));
  }

  #stop() {
    this.#turn++;
    this.#begun = false;
    this.#forget();
    this.#unmount();
    this.#root.replaceChildren();
    this.#group?.leave(this);
    this.#group = undefined;
    // Whoever waits hears of what is shown next.
    if (this.#ready.settled) this.#ready = deferred();
  }

  #unmount() {
    for (const off of this.#offs.splice(0)) off();
    const shown = this.#console;
    this.#console = undefined;
    // One that was given stays with whoever gave it, and is shown again when the element comes back.
    this.#sandbox = this.#given;
    // What is dead cannot be unmounted, and need not.
    if (shown && !this.#instance.dead) this.#instance.run(() => shown.unmount());
  }

  #fail(error, title) {
    this.#unmount();
    const again = () => {
      this.#given = undefined;
      this.#group?.restart();
    };
    const ground = failure(error, title, again);
    // What the author put into the element says what can be read without it.
    this.#root.replaceChildren(ground, ...(this.hasAttribute('fill') ? [] : [made('slot')]));
  }
}

for (const name of REFLECTED) {
  Object.defineProperty(QodSandboxElement.prototype, name, {
    get() {
      return this.getAttribute(name) ?? '';
    },
    set(text) {
      if (text === null || text === undefined || text === '') this.removeAttribute(name);
      else this.setAttribute(name, typeof text === 'object' ? JSON.stringify(text) : String(text));
    },
    configurable: true,
    enumerable: true,
  });
}

function deferred() {
  const deferred = { settled: false };
  const settle = (act) => (value) => {
    deferred.settled = true;
    act(value);
  };
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve: settle(resolve), reject: settle(reject) }));
  // What went wrong is shown; whoever waits hears of it, too.
  deferred.promise.catch(() => {});
  return deferred;
}
