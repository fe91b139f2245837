// A request with net/http, as a program in Go.

import { comments, message } from './message.js';
import { point, quoted, suitsBlock } from './text.js';

const FAIL = `	if err != nil {
		log.Fatal(err)
	}
`;

export function go(request) {
  const sent = message(request);
  const { method, url, headers, body } = sent;
  const packages = ['fmt', 'io', 'log', 'net/http', ...(body ? ['strings'] : [])];
  const fields = headers.map(([name, value]) => `	request.Header.Set(${string(name)}, ${string(value)})\n`).join('');
  return `${comments(sent, '//')}package main

import (
${packages.map((name) => `	"${name}"\n`).join('')})

func main() {
${body && `	body := strings.NewReader(${literal(body)})\n`}	request, err := http.NewRequest(${string(method)}, ${string(url)}, ${body ? 'body' : 'nil'})
${FAIL}${fields}
	response, err := http.DefaultClient.Do(request)
${FAIL}	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
${FAIL}
	fmt.Println(response.StatusCode)
	fmt.Println(string(answer))
}
`;
}

const string = (text) => quoted(text, point);

/** Between backquotes; those in it are between double quotes. */
function literal(text) {
  const parts = text.split(/(`+)/).filter(Boolean);
  if (!suitsBlock(text) || parts.length > 20) return string(text);
  return parts.map((part) => (part[0] === '`' ? string(part) : `\`${part}\``)).join(' + ');
}
