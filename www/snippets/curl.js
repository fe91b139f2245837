// A request as a command for curl, in the shells of the POSIX family.

import { quote, word } from '../export/shell.js';
import { comments, message, withoutBody } from './message.js';

/** A shell that is typed into takes these for keys, and no word can hold a NUL. */
const KEYS = /[^\P{C}\n]|[\u2028\u2029]/gu;

/** Linux takes no argument of more than 128 KiB; a character has up to three bytes. */
const LONGEST = 30_000;

export function curl(request) {
  const sent = withoutBody(message(request), ['HEAD'], 'curl');
  const { method, url, headers, body, type } = sent;
  const piped = body.length > LONGEST || body.search(KEYS) >= 0;
  const start = method === 'HEAD' ? '--head' : `--include${method === 'GET' && !body ? '' : ` --request ${word([method])}`}`;
  const options = headers.map(([name, value]) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`);
  // Else curl would say that a form comes.
  if (body && type === undefined) options.push("--header 'Content-Type:'");
  // Not `--data`, which takes a name of a file behind `@`.
  if (body) options.push(piped ? '--data-binary @-' : `--data-raw ${quote(body)}`);
  const command = [`curl ${start} ${quote(url)}`, ...options].join(' \\\n  ');
  return `${comments(sent, '#')}${piped ? `printf ${quote(format(body))} | ` : ''}${command}\n`;
}

/** A text for `printf`, which is a part of the shell and takes words of any length, though none that looks like an option. */
const format = (text) => text.replace(/[%\\]/g, (one) => one + one).replace(KEYS, octal).replace(/^-/, octal);

const octal = (one) => (one === '\t' ? '\\t' : Array.from(UTF8.encode(one), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''));

const UTF8 = new TextEncoder();
