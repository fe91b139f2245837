// A request as code in the languages of those who will make it.

import { csharp } from './csharp.js';
import { curl } from './curl.js';
import { go } from './go.js';
import { javascript } from './javascript.js';
import { java, kotlin } from './jvm.js';
import { python } from './python.js';
import { swift } from './swift.js';

export { highlight } from './highlight.js';

const WRITERS = { curl, javascript, python, java, go, csharp, swift, kotlin };

const NAMES = { curl: 'cURL', javascript: 'JavaScript', python: 'Python', java: 'Java', go: 'Go', csharp: 'C#', swift: 'Swift', kotlin: 'Kotlin' };

/** The languages in the order in which they are offered. */
export const languages = Object.entries(NAMES).map(([id, name]) => ({ id, name }));

/** A request, `{ method, url, headers: [name, value][], body? }`, as code that makes it and prints the status and the body of the answer. */
export const snippet = (id, request) => WRITERS[id](request);
