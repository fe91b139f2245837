// <qod-run>: makes the code block inside of it runnable, against the sandbox of its group or one of its own.

import { pageBeside } from '../beside.js';
import { chosenBy } from '../intercept/urls.js';
import { STARTING } from './attributes.js';
import { Base } from './base.js';
import { Group } from './group.js';
import { whenNear } from './near.js';
import { Output } from './run-output.js';
import { Forbidden, runIn } from './run-frame.js';
import { failure, made, surface } from './surface.js';

/** Classes of code blocks, as highlighters name the language. */
const LANGUAGE = /(?:^|\s)(?:language|lang|highlight-source)-(\S+)/;

/** Which requests the sandbox answers. */
const isAnswered = chosenBy();

/** Figures that name their parts have a form only if it is among them. */
const hasForm = (figure) => /^\s*$|(?:^|\s)request(?:\s|$)/.test(figure.getAttribute('view') ?? '');

const RUNS = ['js', 'javascript', 'mjs', 'node'];

export class QodRunElement extends Base {
  /** What consoles call it, however small the code was made. */
  static name = 'QodRunElement';
  static observedAttributes = [...STARTING, 'group'];

  #root = this.attachShadow({ mode: 'open' });
  #group;
  #sandbox;
  #output;
  #button;
  /** A console that was opened because the page has none. */
  #figure;
  #running = new AbortController();
  #forget = () => {};
  /** The promise of button and output, while it stands in a document. */
  #dressing;
  #changed = false;

  connectedCallback() {
    if (this.#group) return;
    this.#group = Group.of(this);
    this.#group.join(this);
    this.#root.replaceChildren(made('slot'));
    this.#forget = whenNear(this, () => this.#tryOn());
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  /** What is said of its sandbox is heeded from the next run on. */
  attributeChangedCallback(_, before, now) {
    if (!this.#group || before === now || this.#changed) return;
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      this.#stop();
      if (this.isConnected) this.connectedCallback();
    });
  }

  /** The sandbox that it runs against, once it ran. */
  get sandbox() {
    return this.#sandbox;
  }

  /** The code, as it is printed. */
  get code() {
    return (this.querySelector('code') ?? this.querySelector('pre') ?? this).textContent;
  }

  /** Another sandbox is the group's. */
  begin() {
    this.#sandbox = undefined;
  }

  /** Runs the code; fulfilled when it came to its end or was ended, whatever became of it. */
  async run() {
    if (!this.#group) throw new Error('a <qod-run> runs where it stands in a document: put it into one first');
    this.#running.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    await this.#dress();
    if (signal.aborted) return;
    const output = this.#output;
    output.begin();
    this.#button.ariaBusy = 'true';
    try {
      const classes = [...this.querySelectorAll('code, pre')].map(({ className }) => className).join(' ');
      const language = LANGUAGE.exec(classes)?.[1];
      if (language && !RUNS.includes(language)) throw new Forbidden(`only JavaScript runs here, and this is ${language}`);
      const sandbox = await this.#group.sandbox(this);
      // Alone with its sandbox, it does the same each time.
      if (signal.aborted) return;
      if (this.#group.members.every((member) => member === this || member === this.#figure)) sandbox.reset();
      this.#sandbox = sandbox;
      await new Promise((resolve, reject) => {
        const hear = ({ type, level, text }) => {
          if (type === 'done') resolve();
          else if (type === 'forbidden') reject(new Forbidden(String(text)));
          else if (type === 'left') reject(new Error('the sample led its frame to another page, and was ended'));
          else if (type === 'output') output.print(level, text);
        };
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        const answer = (request) => this.#answer(request, sandbox, output);
        runIn(this.#root, pageBeside(this, 'run.html'), this.code, answer, hear, signal).catch(reject);
      });
      output.end();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Forbidden) this.#offerForm(error, output);
      else output.print('error', error.message);
    } finally {
      if (!signal.aborted) this.#button.ariaBusy = null;
    }
  }

  #stop() {
    this.#forget();
    this.#running.abort();
    this.#group?.leave(this);
    this.#group = undefined;
    this.#sandbox = undefined;
    this.#dressing = undefined;
    this.#figure = undefined;
    this.#root.replaceChildren();
  }

  /** Where not even the button can be had, that is said. */
  #tryOn() {
    this.#dress().catch((error) => {
      const again = () => this.#tryOn();
      const reason = new Error(`a part of it could not be loaded (${error.message})`, { cause: error });
      if (this.#group) this.#root.replaceChildren(made('slot'), failure(reason, 'This sample cannot be run here', again));
    });
  }

  #dress() {
    this.#dressing ??= this.#putOn().catch((error) => {
      this.#dressing = undefined;
      throw error;
    });
    return this.#dressing;
  }

  async #putOn() {
    const group = this.#group;
    const { styles } = await import('./styles.js');
    // Meanwhile it may have been taken out.
    if (group !== this.#group) return;
    this.#root.adoptedStyleSheets = [styles(this.#root)];
    this.#button = made('button', 'btn btn--primary', 'Run it');
    this.#button.type = 'button';
    this.#button.part = 'run';
    this.#button.addEventListener('click', () => this.run());
    this.#output = new Output((exchange) => this.#form().then((form) => form.show(exchange)));
    const bar = made('div', 'sample__bar', this.#button, made('p', 'muted', 'Runs in this page, against the sandbox'));
    const ground = surface(bar, this.#output.element);
    ground.classList.add('sample');
    this.#root.replaceChildren(made('slot'), ground);
  }

  /** What the sandbox answers; whatever is not for it is not answered at all. */
  async #answer({ method, url, headers, body }, sandbox, output) {
    if (!isAnswered(new URL(url))) throw new TypeError(`Failed to fetch ${url}: samples that run here reach the sandbox alone`);
    const before = sandbox.traffic().at(-1)?.id;
    // It is asked at once, and answered when it is due.
    const answer = sandbox.fetch(url, { method, headers, body });
    const exchange = sandbox.traffic().at(-1);
    // The document of the API is no exchange.
    if (exchange && exchange.id !== before) output.exchange(exchange);
    const response = await answer;
    return { url, status: response.status, statusText: response.statusText, headers: [...response.headers], body: (await response.text()) || null };
  }

  /** A console with the sandbox and a form: the page's own, or one below the sample. */
  async #form() {
    const other = this.#group.members.find((member) => member.localName === 'qod-sandbox' && hasForm(member));
    const form = other ?? this.#ownFigure();
    await form.ready;
    form.scrollIntoView({ block: 'nearest' });
    return form;
  }

  #ownFigure() {
    this.#figure = document.createElement('qod-sandbox');
    // What a figure of the group shows already is not shown twice.
    if (this.#group.members.some((member) => member.localName === 'qod-sandbox')) this.#figure.view = 'request';
    Group.assign(this.#figure, this.#group);
    this.#figure.style.marginBlockStart = '12px';
    this.#root.append(this.#figure);
    return this.#figure;
  }

  /** Where the code cannot run, what it would ask for can be tried by hand. */
  #offerForm(error, output) {
    output.offer(error.message, async () => {
      const form = await this.#form();
      // Without a connection there is still the form, with its own request.
      const { requestIn } = await import('./sample.js').catch(() => ({}));
      const request = requestIn?.(this.code);
      if (request) await form.edit(request);
    });
  }
}
