// A request with URLSession, as a main.swift.

import { comments, message, withoutBody } from './message.js';
import { braces, indented, longest, quoted, suitsBlock } from './text.js';

export function swift(request) {
  const sent = withoutBody(message(request), ['GET', 'HEAD'], 'URLSession');
  const { method, url, headers, body } = sent;
  const fields = headers.map(([name, value]) => `request.setValue(${string(value)}, forHTTPHeaderField: ${string(name)})\n`).join('');
  return `${comments(sent, '//')}import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

var request = URLRequest(url: URL(string: ${string(url)})!)
request.httpMethod = ${string(method)}
${fields}${body && `request.httpBody = Data(${literal(body)}.utf8)\n`}
let (data, response) = try await URLSession.shared.data(for: request)
print((response as! HTTPURLResponse).statusCode)
print(String(decoding: data, as: UTF8.self))
`;
}

const string = (text) => quoted(text, braces);

/** Between more number signs than there are together in it: so neither quotes nor backslashes mean anything. */
function literal(text) {
  const most = longest(text, /#+/g);
  if (!suitsBlock(text) || most > 20) return string(text);
  const signs = '#'.repeat(most + 1);
  return `${signs}"""\n${indented(text, 4)}\n    """${signs}`;
}
