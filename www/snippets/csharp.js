// A request with HttpClient, as top-level statements of C#.

import { comments, message } from './message.js';
import { indented, longest, quoted, suitsBlock, units } from './text.js';

const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** Fields that .NET takes only beside a body. */
const OF_CONTENT = /^(?:content-.*|allow|expires|last-modified)$/i;

export function csharp(request) {
  const sent = message(request);
  const { method, url, headers, body, type } = sent;
  const verb = METHODS.test(method) ? `HttpMethod.${method[0]}${method.slice(1).toLowerCase()}` : `new HttpMethod(${string(method)})`;
  const ofContent = headers.filter(([name]) => OF_CONTENT.test(name));
  const others = headers.filter(([name]) => !OF_CONTENT.test(name));
  return `${comments(sent, '//')}using System;
using System.Net.Http;

using var client = new HttpClient();
using var request = new HttpRequestMessage(${verb}, ${string(url)});
${others.map((field) => added('Headers', field)).join('')}${body || ofContent.length > 0 ? content(body, type, ofContent) : ''}
using var response = await client.SendAsync(request);
Console.WriteLine((int)response.StatusCode);
Console.WriteLine(await response.Content.ReadAsStringAsync());
`;
}

/** What a body of text is said to be otherwise is `text/plain`. */
function content(body, type, fields) {
  const isSimple = /^\w+\/[\w.+-]+$/.test(type);
  const others = fields.filter(([name]) => !isSimple || !/^content-type$/i.test(name));
  return `request.Content = new StringContent(${literal(body)});
request.Content.Headers.${isSimple ? `ContentType = new(${string(type)})` : 'Remove("Content-Type")'};
${others.map((field) => added('Content.Headers', field)).join('')}`;
}

/** Of some fields, .NET knows what they should look like, and would refuse others. */
const added = (to, [name, value]) => `request.${to}.TryAddWithoutValidation(${string(name)}, ${string(value)});\n`;

const string = (text) => quoted(text, units);

/** Between more quotes than there are together in it. */
function literal(text) {
  const most = longest(text, /"+/g);
  if (!suitsBlock(text) || most > 20) return string(text);
  const quotes = '"'.repeat(Math.max(3, most + 1));
  return `${quotes}\n${indented(text, 4)}\n    ${quotes}`;
}
