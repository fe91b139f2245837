import type { InterceptOptions, Sandbox } from './qod-sandbox.js';

export type { InterceptOptions } from './qod-sandbox.js';

/**
 * The same as `sandbox.intercept(options)`, which this module makes work for the sandboxes of `qod-sandbox` and of
 * `qod-sandbox/element`.
 */
export function intercept(sandbox: Sandbox, options?: InterceptOptions): () => void;
