// Texts and statements in Rust, in the way of rustfmt.

const WIDTH = 100;

/** How wide the arguments of a call, or a chain of calls, may be on one line. */
const CALL_WIDTH = 60;

/** A text as a literal: raw, where it would be full of escapes. With several lines only if it stands `alone`: inside of others, rustfmt indents them. */
export function string(text, alone = false) {
  if (/["\\]/.test(text) && !(alone ? /[^\P{C}\n]/u : /\p{C}/u).test(text)) {
    let most = 0;
    for (const [{ length }] of text.matchAll(/"#*/g)) most = Math.max(most, length);
    const hashes = '#'.repeat(most);
    return `r${hashes}"${text}"${hashes}`;
  }
  return `"${escaped(text)}"`;
}

/** A number or a word. Whole numbers are 32 bits wide, unless it is said otherwise. */
export const scalar = (value) => (Number.isInteger(value) && Math.abs(value) > 0x7fffffff ? `${value}_i64` : JSON.stringify(value));

/** A text of strings and variables, `{ variable }`: an expression for it, with `&` if it is a `String`. */
export function template(parts, alone) {
  if (parts.every((part) => typeof part === 'string')) return string(parts.join(''), alone);
  if (parts.length === 1) return `&${parts[0].variable}`;
  const pieces = parts.map((part) => (typeof part === 'string' ? escaped(part.replace(/[{}]/g, '$&$&')) : `{${part.variable}}`));
  return `&format!("${pieces.join('')}")`;
}

/** A call, its arguments on one line if they fit. `before` is how much stands before it on that line. */
export function call(name, args, indent = 4, before = indent) {
  const line = args.join(', ');
  if (line.length <= CALL_WIDTH && before + name.length + line.length + 3 <= WIDTH) return `${name}(${line})`;
  const pad = ' '.repeat(indent);
  return `${name}(\n${args.map((arg) => `${pad}    ${arg},\n`).join('')}${pad})`;
}

/** `let name = first.call().call();` for calls of `[name, arguments]`: on lines of their own, unless all fit on one. */
export function letChain(name, first, calls) {
  const [one] = calls;
  if (calls.length === 1) {
    const whole = `${first}${call(one[0], one[1])}`;
    // Of a single one that is too wide, the arguments are broken.
    if (whole.includes('\n') || 4 + `let ${name} = ${whole};`.length <= WIDTH) return `let ${name} = ${whole};`;
    if (8 + whole.length + 1 <= WIDTH) return `let ${name} =\n        ${whole};`;
  }
  const line = [first, ...calls.map(([method, args]) => call(method, args, 8))];
  return `let ${name} = ${line.join(line.join('').length <= CALL_WIDTH ? '' : '\n        ')};`;
}

/** `let name = value;`, the value, or what is formatted in it, on a line of its own if the line would be too long. */
export function letIs(name, value) {
  const line = `let ${name} = ${value};`;
  if (4 + line.length <= WIDTH || value.includes('\n')) return line;
  if (8 + value.length + 1 <= WIDTH) return `let ${name} =\n        ${value};`;
  return value.startsWith('format!(') ? `let ${name} = format!(\n        ${value.slice('format!('.length, -1)}\n    );` : line;
}

/** A struct with some of its `size` fields, all others as they are by default. */
export function struct(name, fields, indent, size) {
  if (fields.length === 0) return `${name}::default()`;
  const pad = ' '.repeat(indent);
  const lines = fields.map(([field, value]) => `${field === value ? field : `${field}: ${value}`},`);
  if (fields.length < size) lines.push(`..${name}::default()`);
  return `${name} {\n${lines.map((line) => `${pad}    ${line}\n`).join('')}${pad}}`;
}

/** Imports of the crates by their modules, sorted and cut. */
export function imports(names) {
  return [...names]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([module, set]) => {
      const all = [...set].sort();
      const line = all.length === 1 ? `use ${module}::${all[0]};` : `use ${module}::{${all.join(', ')}};`;
      return line.length <= WIDTH ? line : `use ${module}::{\n${filled(all)}\n};`;
    });
}

function filled(names) {
  const lines = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 <= WIDTH) lines.push(`${lines.pop()} ${name},`);
    else lines.push(`    ${name},`);
  }
  return lines.join('\n');
}

function escaped(text) {
  return text.replace(/["\\]|\p{C}/gu, (one) => SHORT[one] ?? `\\u{${(/\p{Cs}/u.test(one) ? 0xfffd : one.codePointAt(0)).toString(16)}}`);
}

const SHORT = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
