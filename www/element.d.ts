import type { Exchange, Sandbox, SandboxEvents, SandboxOptions } from './qod-sandbox.js';

export type * from './qod-sandbox.js';

/** Starts a sandbox that an element of this module can show. */
export function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

/**
 * `<qod-sandbox>`: the console. It begins when it comes near what is seen.
 *
 * Attributes: the options of `createSandbox` in kebab case (`clock`, `start-at`, `delivery` …; objects in JSON); those that
 * `configure` takes can be changed while it is shown. Beside them:
 *
 * | | |
 * | --- | --- |
 * | `view` | which parts are shown: `clock request session timeline notifications traffic`, any of them; as a figure the first three, with `fill` all |
 * | `operation` | whose form is shown: an operation's id, such as `extendQosSessionDuration` |
 * | `group` | elements of one group share one sandbox: what one says of it holds for all |
 * | `src` | the address of a run that `exportRun('json')` gave, or of a share link: it is played at the start |
 * | `shared` | a run in the page's own address is played at the start |
 * | `theme` | `light`, `dark`, `inherit` (the page's `color-scheme`); else the system's |
 * | `fill` | a page of its own, as high as the window |
 * | `loading` | `eager`: it begins at once |
 * | `files` | where the package's pages lie, if a bundler has moved the modules |
 *
 * Slots: `title`, `intro`, `caption` for texts of the author's; what is in none of them is seen until the console is there,
 * and where it cannot be. Parts: `console bar clock request response session timeline notifications traffic try`.
 * Properties: `--qod-accent --qod-accent-hover --qod-accent-text --qod-accent-soft --qod-accent-line --qod-on-accent --qod-ink --qod-surface --qod-sunken
 * --qod-line --qod-line-strong --qod-radius --qod-font --qod-font-mono`.
 */
export class QodSandboxElement extends HTMLElement {
  /** The sandbox that is shown, once it is; set it to one of this module's `createSandbox` to show that. */
  get sandbox(): Sandbox | undefined;
  set sandbox(sandbox: Sandbox);
  /**
   * Fulfilled with the sandbox when the console is shown, rejected where it cannot be. Whoever asks for it does not wait
   * until the element is near.
   */
  readonly ready: Promise<Sandbox>;
  view: string;
  theme: string;
  group: string;
  src: string;
  scenario: string;
  operation: string;
  /** Shows an answer, whoever asked for it, with its request in the form. */
  show(exchange: Exchange | number): Promise<void>;
  /** Puts a request into the form, to be looked at, changed and sent; a body that is no text becomes JSON. */
  edit(request: { method?: string; url?: string | URL; headers?: HeadersInit; body?: unknown }): Promise<void>;
  /** Begins now, without waiting until the element is near; what is shown already begins anew, with the same sandbox. */
  begin(): Promise<void>;
}

/**
 * `<qod-run>`: makes the code block inside of it runnable, as it is printed. It runs in a frame that reaches nothing but the
 * sandbox: that of its `group`, or one of its own with the same options as attributes. Parts: `console run output`.
 */
export class QodRunElement extends HTMLElement {
  /** The sandbox that it runs against, once it ran. */
  get sandbox(): Sandbox | undefined;
  /** The code, as it is printed. */
  get code(): string;
  /**
   * Runs it; fulfilled when the code came to its end, whatever became of it, or was ended: by another run, or because the
   * element was taken out.
   * @throws an Error where the element stands in no document
   */
  run(): Promise<void>;
}

type QodEvents = { [T in keyof SandboxEvents as `qod-${T}`]: CustomEvent<SandboxEvents[T]> };

declare global {
  interface HTMLElementTagNameMap {
    'qod-sandbox': QodSandboxElement;
    'qod-run': QodRunElement;
  }
  // They bubble: a document hears them, too.
  interface GlobalEventHandlersEventMap extends QodEvents {}
}
