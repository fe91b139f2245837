// Files in and out of the page, and the run of its address.

import { LARGEST_RUN, sharedRun } from './share.js';

/** What a run is called, by format. */
const NAMES = {
  json: ['run.json', 'application/json'],
  har: ['run.har', 'application/json'],
  ndjson: ['events.ndjson', 'application/x-ndjson'],
  curl: ['run.sh', 'text/x-shellscript'],
  mermaid: ['run.mmd', 'text/plain'],
  vitest: ['run.test.js', 'text/javascript'],
  rust: ['run.rs', 'text/x-rust'],
};

/** Offers a text as a file. */
export function download(text, format) {
  const [name, type] = NAMES[format];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `qod-${name}`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A link to the run into the clipboard; or the link, where that is denied; or why there can be none. */
export async function share(sandbox) {
  let url;
  try {
    url = await sandbox.shareUrl();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { length, longest } = error.cause;
    return { tooLong: `The run is too long for a link: it would have ${many(length)} characters, and ${many(longest)} fit. Hand on a file instead.` };
  }
  try {
    await navigator.clipboard.writeText(url);
    return { copied: `Link copied: ${many(url.length)} characters, with the whole run inside.` };
  } catch {
    return { url };
  }
}

export const many = (count) => count.toLocaleString('en');

/** Asks for a file; nothing if none is chosen. */
export function pick() {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('cancel', () => resolve(undefined));
    input.addEventListener('change', () => resolve(input.files[0]));
    input.click();
  });
}

/** The run of a file, and what it is called. */
export async function read(file) {
  const name = named(file.name);
  if (file.size > LARGEST_RUN) throw new Error(`${name} is too large for a run: it has ${many(file.size)} bytes, and ${many(LARGEST_RUN)} are read`);
  let run;
  try {
    run = JSON.parse(await file.text());
  } catch {
    throw new Error(`${name} is no run: it is not JSON. Open a file that was exported here as “Run, JSON”`);
  }
  if (run?.format !== 'qod-sandbox/run') {
    throw new Error(`${name} is JSON, but no run of this sandbox. Open a file that was exported here as “Run, JSON”`);
  }
  return { run, name };
}

/** The run of the page's address. */
export async function readLink() {
  return { run: await sharedRun(location.href), name: 'The link', link: true };
}

/** Plays a run, and says in words whether the same came of it. */
export async function play({ run, name }, sandbox) {
  let outcome;
  try {
    outcome = await sandbox.replay(run);
  } catch (error) {
    throw damaged(name, error);
  }
  const { requests, notifications, firstDifference } = outcome;
  const played = `${counted(requests, 'request')} and ${counted(notifications, 'notification')}`;
  return firstDifference ? `Played ${played}. ${where(run, firstDifference)}` : `Played ${played}: all came out the same.`;
}

/** What is said of a run that cannot be played. */
export const damaged = (name, error) => new Error(`${name} is damaged: ${error.message.replace(/^replay: /, '')}`, { cause: error });

/** A file's name as it can stand in a sentence: no marks that turn the text around, and not without end. */
function named(name) {
  const plain = name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '');
  return plain.length > 80 ? `${plain.slice(0, 60)}…${plain.slice(-16)}` : plain;
}

export const counted = (count, what) => `${many(count)} ${what}${count === 1 ? '' : 's'}`;

/** Where a run first came out differently. */
function where(run, { input, notification, expected, got }) {
  if (input !== undefined) {
    const number = run.inputs.slice(0, input + 1).filter(({ request }) => request).length;
    const { method, url } = run.inputs[input].request;
    const [before, now] = [expected, got].map((answer) => answer?.status ?? 'no answer');
    const what = before === now ? `its answer (${now}) is another one` : `answered ${now}, and ${before} when it was recorded`;
    return `The first that differs is request ${number}, ${method} ${url.replace(/^.*\/qod\/v0/, '')}: ${what}.`;
  }
  const what = !expected ? 'there was none before' : !got ? 'it did not come' : 'it says something else, or at another time';
  return `The first that differs is notification ${notification + 1}: ${what}.`;
}
