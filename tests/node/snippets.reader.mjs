// Reads code with the grammars of languages whose compilers are seldom at hand: is it code, and what do its literals say?

import { parse, registerDynamicLanguage } from '@ast-grep/napi';

const LANGUAGES = ['go', 'csharp', 'swift', 'kotlin'];

const grammars = await Promise.all(LANGUAGES.map((id) => import(`@ast-grep/lang-${id}`)));
registerDynamicLanguage(Object.fromEntries(LANGUAGES.map((id, index) => [id, grammars[index].default])));

const LITERAL = /^(?:interpreted_|raw_|line_|multi_line_)?string_literal$/;

/** A snippet, with what its grammar does not know said in another way: behind `\$`, that of Kotlin takes `\"` for the end. */
export const readable = (id, text) => (id === 'kotlin' ? text.replace(/\\\$(?!\{'\$'\})/g, '\\u0024') : text);

/** All nodes of code, from the outside; fails if it is none. */
function nodes(id, text) {
  const found = [];
  const walk = (node) => {
    const isLeaf = node.children().length === 0;
    if (node.kind() === 'ERROR' || (isLeaf && node.text() === '')) {
      const { line } = node.range().start;
      throw new Error(`${id}: ${node.kind()} in line ${line + 1}: ${node.text().slice(0, 200)}\n${text.slice(0, 3000)}`);
    }
    found.push(node);
    node.children().forEach(walk);
  };
  walk(parse(id, text).root());
  return found;
}

/** The literals of texts in code, as they are written, and what they say. Those that a `+` of Go joins are one. */
export function literals(id, text) {
  const all = nodes(id, text);
  const written = all.filter((node) => LITERAL.test(node.kind())).map((node) => node.text());
  const joined = all.find((node) => node.kind() === 'call_expression' && /^strings\.NewReader\(/.test(node.text()));
  const inside = joined && written.slice(written.indexOf('"strings"') + 1, written.indexOf('"strings"') + 1 + count(joined));
  const said = written.map((one) => READERS[id](one));
  return { written, said: inside ? [...said, inside.map(READERS[id]).join('')] : said };
}

const count = (node) => (LITERAL.test(node.kind()) ? 1 : node.children().reduce((sum, child) => sum + count(child), 0));

const READERS = {
  go: (text) => (text[0] === '`' ? text.slice(1, -1).replaceAll('\r', '') : unescaped(text)),
  csharp: (text) => (text.startsWith('"""') ? margined(text, /^"+/.exec(text)[0].length) : unescaped(text)),
  swift: (text) => (text[0] === '#' ? margined(text, /^#+"""/.exec(text)[0].length) : unescaped(text)),
  kotlin: (text) => (text.startsWith('"""') ? trimmed(text.slice(3, -3)).replaceAll("${'$'}", '$') : unescaped(text)),
};

const SHORT = { n: '\n', r: '\r', t: '\t' };

function unescaped(text) {
  return text.slice(1, -1).replace(/\\(?:u\{([\da-f]+)\}|U([\da-f]{8})|([^u]))|(?:\\u[\da-f]{4})+/g, (all, braces, long, one) => {
    if (braces ?? long) return String.fromCodePoint(Number.parseInt(braces ?? long, 16));
    return one ? (SHORT[one] ?? one) : JSON.parse(`"${all}"`);
  });
}

/** Lines between the first and the last, without what the last begins with: as C# and Swift have it. */
function margined(text, fence) {
  const lines = text.slice(fence, -fence).split('\n');
  const first = lines.shift();
  const margin = lines.pop();
  if (first !== '' || margin.trim() !== '') throw new Error('Quotes have lines of their own.');
  for (const line of lines.filter((line) => line !== '' && !line.startsWith(margin))) throw new Error(`not behind the margin: ${line}`);
  return lines.map((line) => line.slice(margin.length)).join('\n');
}

/** `trimIndent` of Kotlin. */
function trimmed(text) {
  const lines = text.split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)[0].length));
  const kept = lines.filter((line, index) => line.trim() !== '' || (index > 0 && index < lines.length - 1));
  return kept.map((line) => line.slice(margin)).join('\n');
}
