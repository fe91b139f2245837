// Words of POSIX shells.

const PLAIN = /^[\w/.:=,+%-]+$/;
const PLAIN_IN_QUOTES = /^[\w/.:=,+%?&; {}()#-]*$/;

/** A word of strings and variables, `{ variable }`, whatever is in them. */
export function word(given) {
  const parts = joined(given);
  if (parts.every((part) => typeof part !== 'string' || PLAIN_IN_QUOTES.test(part))) {
    const variables = parts.some((part) => typeof part !== 'string');
    const text = parts.map((part) => (typeof part === 'string' ? part : `\${${part.variable}}`)).join('');
    // Braces only where a name would go on.
    if (variables) return `"${text.replace(/\$\{(\w+)\}(?!\w)/g, '$$$1')}"`;
    if (PLAIN.test(text)) return text;
  }
  const pieces = parts.map((part) => (typeof part === 'string' ? quote(part) : `"$${part.variable}"`));
  return pieces.join('') || "''";
}

/** A string in quotes, whatever is in it; no word holds a NUL. */
export const quote = (text) => `'${text.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;

/** The same with strings that follow each other in one piece. */
function joined(parts) {
  return parts.reduce((all, part) => {
    if (typeof part === 'string' && typeof all.at(-1) === 'string') all.push(all.pop() + part);
    else all.push(part);
    return all;
  }, []);
}
