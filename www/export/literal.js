// Values as literals of a language, laid out as a person would write them.

/** Code in the place of a value. */
export class Code {
  constructor(code) {
    this.code = code;
  }
}

/**
 * A value on one line if it fits behind `column` characters; else with its members on lines of their own, `indent` from the
 * left. `language` says how it writes a `text`, a `key` and another `scalar`, how far it indents (`step`), and its `width`.
 */
export function literal(value, language, indent, column = indent) {
  const flat = inline(value, language);
  if (column + flat.length <= language.width || !isCompound(value) || Object.keys(value).length === 0) return flat;
  const inner = indent + language.step;
  const lines = Object.entries(value).map(([name, member]) => {
    const prefix = Array.isArray(value) || isShort(name, member) ? '' : `${language.key(name)}: `;
    return `${' '.repeat(inner)}${prefix}${literal(member, language, inner, inner + prefix.length)},\n`;
  });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join('')}${' '.repeat(indent)}${close}`;
}

function inline(value, language) {
  if (value instanceof Code) return value.code;
  if (typeof value === 'string') return language.text(value);
  if (!isCompound(value)) return language.scalar(value);
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, language)).join(', ')}]`;
  const members = Object.entries(value).map(([name, member]) => (isShort(name, member) ? name : `${language.key(name)}: ${inline(member, language)}`));
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const isCompound = (value) => typeof value === 'object' && value !== null && !(value instanceof Code);

/** Whether a member is a variable of its own name. */
const isShort = (name, member) => member instanceof Code && member.code === name;
