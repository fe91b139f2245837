// What a sample printed and asked for, under it.

import { LETTERS, LINES } from './run-bounds.js';
import { made, sentence } from './surface.js';

const LEVELS = ['log', 'info', 'debug', 'warn', 'error'];

export class Output {
  element = made('div', 'sample__out');
  #onShow;
  #lines = 0;

  /** `onShow(exchange)` shows a request and its answer in a form. */
  constructor(onShow) {
    this.#onShow = onShow;
    this.element.setAttribute('role', 'log');
    this.element.setAttribute('aria-label', 'Output');
    this.element.part = 'output';
    this.element.hidden = true;
  }

  begin() {
    this.element.replaceChildren();
    this.element.hidden = true;
    this.#lines = 0;
  }

  /** A line that the sample wrote. */
  print(level, text) {
    if (!LEVELS.includes(level) || typeof text !== 'string') return;
    const shown = text.length > LETTERS ? `${text.slice(0, LETTERS)}… (${(text.length - LETTERS).toLocaleString('en')} more characters)` : text;
    this.#add(made('pre', `sample__line sample__line--${level}`, shown));
  }

  /** A request of the sample's: how it was answered, and why it was refused. */
  exchange({ id, request, response, explanations }) {
    const refused = response.status >= 400;
    const show = made('button', 'link', refused ? 'Mend it in the form' : 'Show in the form');
    show.type = 'button';
    show.addEventListener('click', () => this.#onShow(id));
    const path = new URL(request.url).pathname;
    const line = made('p', 'sample__asked', made('b', 'mono', request.method), ' ', made('code', '', path), ' ', made('span', refused ? 'chip bad' : 'chip ok', String(response.status)), made('span', 'grow'), show);
    const why = explanations.map(({ rule, suggestion }) => made('li', '', ...[rule, suggestion && sentence(suggestion)].filter(Boolean).map((text) => made('p', '', ...marked(text)))));
    const children = why.length > 0 ? [line, made('ul', 'sample__why', ...why)] : [line];
    this.#add(made('div', 'sample__exchange', ...children));
  }

  /** What is in the way of running it, and another way. */
  offer(why, onOpen) {
    const open = made('button', 'btn', 'Try it in the form');
    open.type = 'button';
    open.addEventListener('click', onOpen);
    const panel = made('div', 'note', made('p', '', sentence(why)), open);
    panel.setAttribute('role', 'alert');
    this.#add(panel);
  }

  end() {
    if (this.#lines === 0) this.#add(made('p', 'sample__line muted', 'It ran, and printed nothing.'));
  }

  #add(child) {
    this.#lines++;
    if (this.#lines > LINES + 1) return;
    this.element.hidden = false;
    this.element.append(this.#lines > LINES ? made('p', 'sample__line muted', `There is more; the first ${LINES.toLocaleString('en')} lines are shown.`) : child);
  }
}

/** A text whose names stand between backticks. */
const marked = (text) => text.split('`').map((piece, place) => (place % 2 === 1 ? made('code', '', piece) : piece));
