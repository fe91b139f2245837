// What is in the way of the WebAssembly, and which line takes it out of the way.

/** Hears of what the page's policy forbids, until its end. */
export function watchPolicy() {
  const target = globalThis.document ?? globalThis;
  const broken = [];
  const hear = (violation) => violation.disposition !== 'report' && broken.push(violation);
  target.addEventListener?.('securitypolicyviolation', hear);
  return {
    broken,
    end: () => target.removeEventListener?.('securitypolicyviolation', hear),
  };
}

/** The error with which loading fails: that of the policy, if it forbade something. */
export async function hindered(error, { broken }) {
  // What was forbidden is told in a task of its own.
  await new Promise((resolve) => setTimeout(resolve));
  const evaluation = broken.find(({ blockedURI }) => blockedURI === 'wasm-eval');
  if (evaluation || forbidsWasm(error)) {
    const line = amended(evaluation?.originalPolicy ?? "script-src 'self'", 'script-src', "'wasm-unsafe-eval'");
    return new Error(`this page's Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src, so that it says \`${line}\``, { cause: error });
  }
  const connection = error.address && broken.find(({ effectiveDirective, blockedURI }) => effectiveDirective === 'connect-src' && origin(blockedURI) === origin(error.address));
  if (connection) {
    const source = isHere(error.address) ? "'self'" : origin(error.address);
    const line = amended(connection.originalPolicy, 'connect-src', source);
    return new Error(`this page's Content-Security-Policy forbids loading ${error.address}: add ${source} to its connect-src, so that it says \`${line}\``, { cause: error.cause });
  }
  return error;
}

/** The error with which no instance could be made of what was compiled. */
export function unfit(error) {
  if (error instanceof WebAssembly.LinkError || error instanceof TypeError) {
    return new Error(`the wasm is not that of this module: take both from one version of the package, headless.wasm for createSandbox and console.wasm for the element (${error.message})`, { cause: error });
  }
  return error;
}

/** A file that is not where it should be. */
export function missing(address, is, name) {
  const place = address ? `${address} ${is}` : `what was handed in as wasm ${is}`;
  return new Error(`${place}: the file glue/${name}_bg.wasm of the package must be there. Where a bundler left it behind, give its address: import wasm from 'qod-sandbox/${name}.wasm', then createSandbox({ wasm })${name === 'console' ? ' or the attribute wasm' : ''}`);
}

/** A file that is there, but another. */
export function unlike(address, integrity, cause) {
  return new Error(`${address} is not the file that this module was built with (${integrity}): it was changed on the way, or belongs to another version. Publish all files of one build`, { cause });
}

/** A file that a fetch did not get at. */
export async function unreachable(given, cause) {
  const address = absolute(given);
  const error = new Error(await reason(address), { cause });
  // For who knows more of the page's policy.
  error.address = address;
  return error;
}

async function reason(address) {
  if (globalThis.navigator?.onLine === false) return `${address} could not be loaded: this browser is offline`;
  if (!isHere(address) && (await answers(address))) {
    return `${address} is there, but its server does not let ${globalThis.location?.origin} read it: have it say \`Access-Control-Allow-Origin: *\``;
  }
  return `${address} could not be loaded: its server does not answer, or something in this browser keeps it off`;
}

/** Whether something is at an address, also if it may not be read. */
async function answers(address) {
  const stop = new AbortController();
  try {
    await fetch(address, { mode: 'no-cors', signal: stop.signal });
    return true;
  } catch {
    return false;
  } finally {
    stop.abort();
  }
}

/** Whether an engine says, in its words, that a policy forbids WebAssembly. */
const forbidsWasm = (error) => /Content Security Policy|blocked by CSP|unsafe-eval|Refused to (?:compile|create)/i.test(error?.message ?? '');

/** A directive as it should be: with one source more, taken from default-src where it is not there itself. */
function amended(policy, directive, source) {
  const directives = policy.split(';').map((text) => text.trim().split(/\s+/));
  const found = [directive, 'default-src'].map((name) => directives.find(([first]) => first.toLowerCase() === name)).find(Boolean);
  const sources = (found ?? []).slice(1).filter((one) => one !== "'none'");
  return `Content-Security-Policy: ${[directive, ...sources, source].join(' ')}`;
}

function absolute(address) {
  try {
    return new URL(address, globalThis.document?.baseURI ?? globalThis.location?.href).href;
  } catch {
    return String(address);
  }
}

function origin(address) {
  try {
    return new URL(address).origin;
  } catch {
    return address;
  }
}

const isHere = (address) => origin(address) === globalThis.location?.origin;
