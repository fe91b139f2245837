// A request with `requests`, the library that most have.

import { comments, message } from './message.js';
import { point, quoted, suitsBlock } from './text.js';

const FUNCTIONS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

export function python(request) {
  const sent = message(request);
  const { method, url, headers, body } = sent;
  const call = FUNCTIONS.test(method) ? `${method.toLowerCase()}(\n` : `request(\n    ${string(method)},\n`;
  const fields = headers.map(([name, value]) => `        ${string(name)}: ${string(value)},\n`).join('');
  return `${comments(sent, '#')}import requests

${body && `body = ${literal(body)}\n\n`}response = requests.${call}    ${string(url)},
${fields && `    headers={\n${fields}    },\n`}${body && '    data=body.encode(),\n'})

print(response.status_code)
print(response.text)
`;
}

const string = (text) => quoted(text, point);

/** Between quotes that are not in it, raw if there are backslashes. */
function literal(text) {
  const quotes = text.includes('\n') ? ['"""', "'''"] : ['"', "'", '"""', "'''"];
  const free = quotes.find((one) => !text.includes(one) && !text.endsWith(one[0]));
  if (!suitsBlock(text) || !free || text.endsWith('\\')) return string(text);
  return (text.includes('\\') ? 'r' : '') + free + text + free;
}
