// What is what in a snippet, for colours. No parser: it knows the literals and words that snippets are made of.

const DOUBLE = String.raw`"[^"\\\n]*(?:\\.[^"\\\n]*)*"`;
const SINGLE = DOUBLE.replaceAll('"', "'");
const BACK = '`[^`\\\\]*(?:\\\\[^][^`\\\\]*)*`';
const TRIPLE = String.raw`"""[^\\]*?(?:\\[^][^\\]*?)*?"""`;

const LANGUAGES = {
  curl: language('^#.*', String.raw`'[^']*'|\\'`, 'curl printf --include --head --request --header --data-raw --data-binary'),
  javascript: language('//.*', `${DOUBLE}|${SINGLE}|${BACK}`, 'const await new true false null'),
  python: language('#.*', `r?(?:${TRIPLE}|${TRIPLE.replaceAll('"', "'")}|${DOUBLE}|${SINGLE})`, 'import'),
  java: language('//.*', `${TRIPLE}|${DOUBLE}`, 'import class public static void throws new var'),
  go: language('//.*', `${DOUBLE}|\`[^\`]*\``, 'package import func if nil defer'),
  csharp: language('//.*', String.raw`(?<fence>"{3,})[^]*?\k<fence>|${DOUBLE}`, 'using var new await int'),
  swift: language('//.*', String.raw`(?<fence>#+)"""[^]*?"""\k<fence>|${DOUBLE}`, '#if #endif import var let try await as'),
  kotlin: language('//.*', `"""[^]*?"""|${DOUBLE}`, 'import fun val'),
};

function language(comments, strings, keywords) {
  return { pattern: new RegExp(`(?<c>${comments})|(?<s>${strings})|-?\\d[\\d.e+]*|[#\\w-]+`, 'gm'), keywords: new Set(keywords.split(' ')) };
}

/** A snippet in pieces that are together the text: `[kind, text]`, of the kinds `c` (comment), `s` (string), `k` (keyword), `n` (number) and `''`. */
export function highlight(id, text) {
  const { pattern, keywords } = LANGUAGES[id];
  const pieces = [];
  let end = 0;
  for (const { 0: piece, index, groups } of text.matchAll(pattern)) {
    const kind = kindOf(piece, groups, keywords);
    if (!kind) continue;
    if (index > end) pieces.push(['', text.slice(end, index)]);
    pieces.push([kind, piece]);
    end = index + piece.length;
  }
  if (end < text.length) pieces.push(['', text.slice(end)]);
  return pieces;
}

function kindOf(piece, { c, s }, keywords) {
  if (c !== undefined) return 'c';
  if (s !== undefined) return 's';
  if (keywords.has(piece)) return 'k';
  return /^-?\d/.test(piece) ? 'n' : '';
}
