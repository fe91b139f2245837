// A request with fetch, as a module or at a prompt.

import { key, string } from '../export/javascript.js';
import { rewritable } from '../export/json.js';
import { literal } from '../export/literal.js';
import { comments, message, withoutBody } from './message.js';
import { suitsBlock } from './text.js';

const LANGUAGE = { text: string, key, scalar: JSON.stringify, step: 2, width: 100 };

export function javascript(request) {
  const sent = withoutBody(message(request), ['GET', 'HEAD'], 'fetch');
  const { method, url, headers, body, type } = sent;
  const options = Object.entries({
    ...(method !== 'GET' && { method: string(method) }),
    ...(headers.length > 0 && { headers: fields(headers) }),
    ...(body && { body: type === undefined ? `new TextEncoder().encode(${text(body)})` : content(body, type) }),
  }).map(([name, code]) => `  ${name}: ${code},\n`);
  return `${comments(sent, '//')}const response = await fetch(${string(url)}${options.length > 0 ? `, {\n${options.join('')}}` : ''});

console.log(response.status);
console.log(await response.text());
`;
}

const fields = (headers) => `{\n${headers.map(([name, value]) => `    ${key(name)}: ${string(value)},\n`).join('')}  }`;

/** JSON as an object, if that says the same; what is very long or deep stays a text. */
function content(body, type) {
  const value = /json/i.test(type) && body.length < 20_000 && body.split(/[[{]/).length < 500 ? rewritable(body) : undefined;
  return value === undefined ? text(body) : `JSON.stringify(${literal(value, LANGUAGE, 2, 25)})`;
}

const text = (body) => (suitsBlock(body) && body.includes('\n') ? `\`${body.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\`` : string(body));
