// Texts as literals: what languages have in common.

/** What should not be in code as it is: controls, what does not show or turns the direction of text, and separators of lines. */
const UNSEEN = /[^\P{C}\n\t]|[\u2028\u2029]/u;
const TO_ESCAPE = /["\\]|\p{C}|[\u2028\u2029]/gu;

const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };

/** Whether a text can stand in a literal as it is, and is the better for it: it has lines, quotes or backslashes. */
export const suitsBlock = (text) => /["\\\n]/.test(text) && !UNSEEN.test(text);

/** A text in double quotes. `unicode` writes a character that has to be escaped. */
export function quoted(text, unicode, toEscape = TO_ESCAPE) {
  return `"${text.replace(toEscape, (one) => SHORT[one] ?? unicode(one))}"`;
}

const hex = (code, length) => code.toString(16).padStart(length, '0');

/** Escapes for a character: `\ud83d\ude00`, `\U0001f600` or `\u{1f600}`. */
export const units = (one) => one.replace(/[^]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
export const point = (one) => (one.length > 1 ? `\\U${hex(one.codePointAt(0), 8)}` : units(one));
export const braces = (one) => `\\u{${hex(one.codePointAt(0), 1)}}`;

/** The lines of a text, moved to the right. */
export const indented = (text, by) => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** How long the longest match in a text is. */
export const longest = (text, pattern) => (text.match(pattern) ?? []).reduce((most, match) => Math.max(most, match.length), 0);
