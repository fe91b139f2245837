// The compiled WebAssembly: from where it lies, or from what was handed in.

import { unbundled } from './beside.js';
import { hindered, missing, unlike, unreachable, watchPolicy } from './obstacles.js';
import { show } from './time.js';

const KINDS = ['URL', 'Response', 'ArrayBuffer', 'SharedArrayBuffer', 'WebAssembly.Module'];

/** What kind of object it is, whichever frame or test environment it comes from. */
const kind = (value) => (ArrayBuffer.isView(value) ? 'ArrayBuffer' : Object.prototype.toString.call(value).slice(8, -1));

/** Reads the option `wasm`. */
export function readWasm(value, name) {
  const known = typeof value === 'string' ? value !== '' : KINDS.includes(kind(value)) || typeof value?.then === 'function';
  if (!known) {
    throw new TypeError(`${name} must be an address (a text or URL), a Response, the bytes, a WebAssembly.Module, or a promise of one; got ${show(value)}`);
  }
  return value;
}

/** Compiles what was handed in, or else the package's own file: its `name`, where it lies, its hash, and what was fetched `ahead` of it. */
export async function compiled(given, own) {
  const policy = watchPolicy();
  try {
    if (given === undefined) return await fromAddress(unbundled(own.url()), own);
    const wasm = await readWasm(given, 'createSandbox: wasm');
    readWasm(wasm, 'createSandbox: wasm');
    if (kind(wasm) === 'WebAssembly.Module') return wasm;
    if (kind(wasm) === 'Response') return await fromResponse(wasm, own);
    if (typeof wasm === 'string' || kind(wasm) === 'URL') return await fromAddress(wasm, { name: own.name });
    return await WebAssembly.compile(wasm);
  } catch (error) {
    throw await hindered(error, policy);
  } finally {
    policy.end();
  }
}

async function fromAddress(address, { name, integrity, ahead }) {
  let response;
  try {
    // Why something could not be fetched ahead is not known: it was before anybody listened.
    response = (await ahead?.()?.catch(() => undefined)) ?? (await fetch(address, { integrity }));
  } catch (error) {
    // A fetch that fails does not say why: another without conditions does.
    response = integrity && (await fetch(address).catch(() => undefined));
    if (!response) throw await unreachable(address, error);
    const bytes = await response.clone().arrayBuffer();
    if (response.ok && isWasm(bytes) && !(await matches(bytes, integrity))) throw unlike(address, integrity, error);
  }
  return fromResponse(response, { name });
}

async function fromResponse(response, { name }) {
  if (!response.ok) throw missing(response.url, `answered ${response.status}`, name);
  const type = response.headers.get('content-type') ?? '';
  // Nothing may follow the type, or browsers refuse.
  // A page may have put a fetch of its own in the platform's place, with responses of its own.
  const streams = type.toLowerCase() === 'application/wasm' && response instanceof Response;
  if (streams) return WebAssembly.compileStreaming(response);
  const bytes = await response.arrayBuffer();
  if (!isWasm(bytes)) throw missing(response.url, /html/i.test(type) ? 'is a page of HTML' : 'is no WebAssembly', name);
  warn(`QoD Sandbox: ${response.url || 'the wasm'} comes as ${type || 'nothing in particular'}, and is compiled only when all of it is there: have its server say \`Content-Type: application/wasm\``);
  return WebAssembly.compile(bytes);
}

const isWasm = (bytes) => new DataView(bytes).byteLength >= 4 && new DataView(bytes).getUint32(0) === 0x0061736d;

/** Whether bytes have a hash; where hashes cannot be had, as over plain http, they have not. */
async function matches(bytes, integrity) {
  const digest = await globalThis.crypto?.subtle?.digest('SHA-384', bytes);
  return digest !== undefined && integrity === `sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

let warned = false;

function warn(text) {
  if (!warned) console.warn(text);
  warned = true;
}
