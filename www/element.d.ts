import type { Sandbox, SandboxEvents, SandboxOptions } from './qod-sandbox.js';

export type * from './qod-sandbox.js';

/** Starts a sandbox that an element of this module can show. */
export function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

/**
 * `<qod-sandbox>`: the console. Attributes: the options of `createSandbox` in kebab case (`clock`, `start-at`,
 * `delivery` …; objects in JSON), `theme` (`light`, `dark`; else the system's) and `fill` (as high as the window).
 */
export class QodSandboxElement extends HTMLElement {
  /** The sandbox that is shown, once it is; set it to one of this module's `createSandbox` to show that. */
  get sandbox(): Sandbox | undefined;
  set sandbox(sandbox: Sandbox);
  /** Fulfilled with the sandbox when the console is shown. */
  readonly ready: Promise<Sandbox>;
}

type QodEvents = { [T in keyof SandboxEvents as `qod-${T}`]: CustomEvent<SandboxEvents[T]> };

declare global {
  interface HTMLElementTagNameMap {
    'qod-sandbox': QodSandboxElement;
  }
  interface HTMLElementEventMap extends QodEvents {}
}
