// A request with java.net.http, which is a part of the JDK: as a program in Java, or in Kotlin.

import { comments, message } from './message.js';
import { indented, quoted, suitsBlock, units } from './text.js';

const PACKAGES = ['java.net.URI', 'java.net.http.HttpClient', 'java.net.http.HttpRequest', 'java.net.http.HttpResponse'];

export function java(request) {
  const sent = message(request);
  const body = sent.body && `        var body = ${javaText(sent.body)};\n`;
  return `${comments(sent, '//')}${PACKAGES.map((name) => `import ${name};\n`).join('')}
class Main {
    public static void main(String[] args) throws Exception {
${body}        var request = ${builder(sent, javaString, 16)};

        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode());
        System.out.println(response.body());
    }
}
`;
}

export function kotlin(request) {
  const sent = message(request);
  const body = sent.body && `    val body = ${kotlinText(sent.body)}\n`;
  return `${comments(sent, '//')}${PACKAGES.map((name) => `import ${name}\n`).join('')}
fun main() {
${body}    val request = ${builder(sent, kotlinString, 8)}

    val response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
    println(response.statusCode())
    println(response.body())
}
`;
}

function builder({ method, url, headers, body }, string, indent) {
  const content = body ? 'HttpRequest.BodyPublishers.ofString(body)' : 'HttpRequest.BodyPublishers.noBody()';
  const calls = [
    `HttpRequest.newBuilder(URI.create(${string(url)}))`,
    ...headers.map(([name, value]) => `.header(${string(name)}, ${string(value)})`),
    verb(method, body, content) ?? `.method(${string(method)}, ${content})`,
    '.build()',
  ];
  return calls.join(`\n${' '.repeat(indent)}`);
}

function verb(method, body, content) {
  if (/^(?:GET|DELETE)$/.test(method) && !body) return `.${method}()`;
  return /^(?:POST|PUT)$/.test(method) ? `.${method}(${content})` : undefined;
}

/** In ASCII: until JDK 18, which encoding a compiler takes a file for is up to the system. */
const javaString = (text) => quoted(text, javaEscape, /[^ !#-[\]-~]/gu);

/** In Java, `\u000a` is the end of a line, in a literal too. */
const javaEscape = (one) => (one < ' ' ? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}` : units(one));

function javaText(text) {
  // A constant has at most 65535 bytes, and a character up to three.
  if (text.length > CONSTANT) return `String.join("", ${text.match(PIECES).map(javaString).join(', ')})`;
  // In a text block, spaces at ends of lines and those that all lines begin with are no part of the text.
  if (!suitsBlock(text) || !/^\S/.test(text) || /[^\S\n]$/m.test(text)) return javaString(text);
  const lines = text.replaceAll('\\', '\\\\').replace(/"(?="")|"$/g, '\\"').replace(/[^\n\t -~]/gu, units);
  // Where the closing quotes have a line of their own, it counts too.
  return `"""\n${indented(lines, 16)}${text.endsWith('\n') ? ' '.repeat(16) : ''}"""`;
}

const CONSTANT = 16_000;
const PIECES = new RegExp(`[^]{1,${CONSTANT}}`, 'g');

const kotlinString = (text) => quoted(text, units).replace(/\$/g, '\\$&');

/** `trimIndent` takes away what all lines begin with, and not more if the first begins with something else. */
function kotlinText(text) {
  if (!suitsBlock(text) || !/^\S/.test(text) || text.includes('"""')) return kotlinString(text);
  return `"""\n${indented(text, 8).replace(/\$/g, "${'$&'}")}\n    """.trimIndent()`;
}
