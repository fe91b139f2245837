import type { Sandbox, SandboxEvents } from './qod-sandbox.js';

/** A sandbox in an iframe, from the page around it. */
export interface FramedSandbox {
  /**
   * Fulfilled when the sandbox is there, rejected where it cannot be; neither where the frame's address does not name this
   * page's origin as `parent`.
   */
  readonly ready: Promise<void>;
  /**
   * Calls the sandbox by a name such as `'handle'` or `'clock.advance'`. Whatever goes in and comes out is copied as
   * JSON: functions are not; `receive` takes set answers alone.
   * @throws what the call throws, and a TypeError for a name that cannot be called
   */
  call(name: FramedCall, ...given: unknown[]): Promise<any>;
  /** Hears events of the sandbox; returns the undo. */
  on<T extends keyof SandboxEvents>(name: T, listener: (detail: SandboxEvents[T]) => void): () => void;
  /** Ends it; calls under way fail. */
  close(): void;
}

type Calls<T, Prefix extends string> = { [K in keyof T & string]: T[K] extends (...given: any[]) => unknown ? `${Prefix}${K}` : never }[keyof T & string];

/** What can be called: all of the sandbox that does not take or give functions, streams or responses. */
export type FramedCall =
  | Exclude<Calls<Sandbox, ''>, 'fetch' | 'on' | 'stream' | 'intercept' | 'dispose'>
  | Calls<Sandbox['clock'], 'clock.'>
  | Calls<Sandbox['network'], 'network.'>
  | Calls<Sandbox['devices'], 'devices.'>
  | Calls<Sandbox['faults'], 'faults.'>;

/**
 * Connects an iframe of `embed.html`. It is kept as high as its content. Where its address names this page's origin
 * (`embed.html?parent=https://docs.example`), its events are heard, and the sandbox can be called.
 */
export function connect(iframe: HTMLIFrameElement): FramedSandbox;
