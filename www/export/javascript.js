// Texts as JavaScript.

/** A text in quotes. */
export function string(text) {
  const quotes = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quotes + escaped(text, quotes) + quotes;
}

/** A text of strings and variables, `{ variable }`: the expression for it. */
export function template(parts) {
  if (parts.length === 1 && parts[0].variable) return parts[0].variable;
  if (parts.every((part) => typeof part === 'string')) return string(parts.join(''));
  const pieces = parts.map((part) => (typeof part === 'string' ? escaped(part, '`').replaceAll('${', '\\${') : `\${${part.variable}}`));
  return `\`${pieces.join('')}\``;
}

/** The name of a member. Written plainly, `__proto__` would be no member. */
export function key(name) {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : string(name);
}

function escaped(text, quotes) {
  // JSON escapes what needs it, and double quotes; what does not show is to be seen.
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return inside.replaceAll(quotes, `\\${quotes}`).replace(/[\p{C}\u2028\u2029]/gu, (one) => `\\u{${one.codePointAt(0).toString(16)}}`);
}
