// How much of what a sample prints is shown: a page stays usable beside a sample that goes on and on.

/** Lines and requests. */
export const LINES = 1_000;

/** Characters of a line. */
export const LETTERS = 20_000;
