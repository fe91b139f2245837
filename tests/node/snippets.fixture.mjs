// Requests for snippets: those of every day, and those that are hard to put into code.

const TOKEN = 'Bearer mock_sandbox_access_token';
const JSON_TYPE = ['Content-Type', 'application/json'];
const SESSION = '/qod/v0/sessions/8d8cb6a5-3bfa-4d1d-b9a0-6f3a5e1c2d4e';

const BODY = {
  duration: 3600,
  device: { ipv4Address: { publicAddress: '203.0.113.1', publicPort: 59765 }, ipv6Address: '2001:db8:85a3:8d3:1319:8a2e:370:7344' },
  applicationServer: { ipv4Address: '198.51.100.0/24' },
  devicePorts: { ranges: [{ from: 5010, to: 5020 }], ports: [5060, 5070] },
  qosProfile: 'QOS_E',
  webhook: { notificationUrl: 'https://application-server.example/notifications', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
};

/** By name: method, path, fields, body. */
const DAILY = {
  create: ['POST', '/qod/v0/sessions', [['Authorization', TOKEN], JSON_TYPE], JSON.stringify(BODY, null, 2)],
  'create in one line': ['POST', '/qod/v0/sessions', [['authorization', TOKEN], ['content-type', 'application/json; charset=utf-8']], JSON.stringify(BODY)],
  'create in tabs': ['POST', '/qod/v0/sessions', [['Authorization', TOKEN], JSON_TYPE], JSON.stringify(BODY, null, '\t')],
  get: ['GET', SESSION, [['Authorization', TOKEN], ['x-correlator', 'b4333c46-49c0-4f62-80d7-f0ef930f1c46']]],
  head: ['HEAD', SESSION, [['Authorization', TOKEN]]],
  delete: ['DELETE', SESSION, [['Authorization', TOKEN]]],
  extend: ['POST', `${SESSION}/extend`, [['Authorization', TOKEN], JSON_TYPE], '{"requestedAdditionalDuration": 1800}'],
  profiles: ['GET', '/qod/v0/qos-profiles?name=QOS_E&status=ACTIVE&note=a%20b', [['Authorization', TOKEN]]],
  token: ['POST', '/token', [['Content-Type', 'application/x-www-form-urlencoded']], "grant_type=client_credentials&scope=qod%20it's"],
};

/** Bodies that some literal of some language could not hold as they are. */
const BODIES = [
  'quotes " \' ` """ \'\'\' "# #" ##" \\# \\ \\\\ \\n \\u0041 ${x} $x $(id) `id` %s %d !! {{}} \\( \\"""',
  '{\n  "a": "\\"q\\" \\\\ ${x} $y `b` \u00fc \u4e2d \ud83d\ude00 it\'s",\n\n  "b": ""\n}\n',
  '{\n  "__proto__": 1, "1": [], "a b": {}, "n": null, "t": [true, -1.5, 1e21, "\u2028"],\n  "é": "\'"\n}',
  '{"a": 1.0, "b": 12345678901234567890, "a": 2}',
  '{"a": """, "b": "\'\'\'"}\n  x',
  '  leading\n  lines\n',
  'a\r\nb\tc\u0000d\u0001\u001b[201~\u007f\u0085\u2028\u2029\ufeff\u202e\u200b\uffff9',
  'lone \ud800 and \udc00',
  'ends with "',
  'ends with """',
  'ends with \\',
  'ends with a line\n\n',
  '"',
  '@file',
  '-x',
  '-v\tx',
  `${'"'.repeat(30)}\n${'#'.repeat(30)}`,
  '=x',
  '\\u000a\\u0022\n\\u005c',
  ' \n x',
  'tab\n\tx\n  \nend  \n',
  '""" \n """# \n """" ##\n \\###( \n""""""',
  "'''\n\"\"\"\n\\\n",
  `${'`'.repeat(30)}\n`,
  `{\n    "x": "$"\n    , "y": 1}\n\n`,
  `[${'['.repeat(600)}${']'.repeat(600)}]`,
  JSON.stringify({ long: 'é"\\\n'.repeat(30_000) }, null, 2),
  `${'😀x'.repeat(20_000)}`,
];

const FIELDS = [
  ['X-Quotes', `"double" 'single' \`back\` \\ \\" $x \${x} $(id) #{x} %s !`],
  ['x-empty', ''],
  ['X-Spaces', ' \ta   b  '],
  ["x!#$%&'*+.^`|~", 'a name of many signs'],
  ['constructor', 'a member'],
  ['X-List', 'one'],
  ['x-list', 'two'],
  ['Accept', 'application/json, */*;q=0.5'],
  ['User-Agent', 'snippet/1.0 (test)'],
];

/** Fields that are the client's, or that cannot be sent. */
const LEFT_OUT = [
  ['Host', 'elsewhere.example'],
  ['Content-Length', '1'],
  ['Connection', 'close'],
  ['Transfer-Encoding', 'chunked'],
  ['Expect', '100-continue'],
  ['Accept-Encoding', 'br'],
  ['X-Split', 'a\r\nInjected: yes'],
  ['X-Umlaut', 'ü'],
  ['X-Tab', 'a\tb'],
  ['X-`id`', 'lone \ud800'],
  ['Not a name', 'x'],
  ['', 'x'],
];

const HOSTILE = {
  'hostile fields': ['POST', '/fields', [...FIELDS, ...LEFT_OUT, JSON_TYPE], '{}'],
  'no content type': ['POST', '/typeless', [], 'a "text"'],
  'a content type without a body': ['PUT', '/bodiless', [JSON_TYPE, ['Content-Language', 'en']]],
  'a strange content type': ['PATCH', '/strange', [['Content-Type', 'what "is" it']], '{}'],
  'a hostile path': ['GET', `/a b"c'd\`e{f}|g\\h<i>^j[k]$l;m(n)!/ü%zz%/%41?q="x y"&r='$(id)'&s=[1]{2}&t=\`id\`&u=\\&v=%&w=ü&x=a+b#fragment`, []],
  'another method': ['SEARCH', '/search', [JSON_TYPE], '{"a": "b"}'],
  ...Object.fromEntries(BODIES.map((body, index) => [`hostile body ${index}`, ['POST', `/body/${index}`, [JSON_TYPE], body]])),
};

/** Chance from a seed (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const BITS = ['"', '""', '"""', "'", "'''", '`', '\\', '\\\\', '\\"', '\\u0022', '\n', '\n  ', '\n    ', '\n\t', ' ', '$', '${', '}', '{', '#', '"#', '\\#(', '%', '!', 'a', 'é', '1', '\u2028', '\u00a0', '\u3000', '😀'];

function strange(count, seed) {
  const random = chance(seed);
  const below = (limit) => Math.floor(random() * limit);
  const text = (bits, most) => Array.from({ length: below(most) }, () => bits[below(bits.length)]).join('');
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const fields = Array.from({ length: below(3) }, (_, number) => [`x-${number}`, text(printable, 20)]);
      const path = `/chance/${index}?q=${text(printable, 20).replaceAll('#', '')}`;
      return [`chance ${index}`, ['POST', path, [JSON_TYPE, ...fields], `${below(2) ? 'x' : ''}${text(BITS, 25)}`]];
    }),
  );
}

/** All requests, to a server. */
export function requests(root, seed = 20_240_607) {
  return Object.entries({ ...DAILY, ...HOSTILE, ...strange(30, seed) }).map(([name, [method, path, headers, body]]) => ({
    name,
    path,
    request: { method, url: root + path, headers, ...(body !== undefined && { body }) },
  }));
}

const leftOut = new Set(LEFT_OUT.map(([name]) => name));

/** What is to arrive of the fields of a request. */
export function fieldsOf({ headers }) {
  return fieldMap(headers.filter(([name]) => !leftOut.has(name)).map(([name, value]) => [name, value.trim()]));
}

/** Fields by their names in lower case. */
export function fieldMap(pairs) {
  const fields = new Map();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    fields.set(key, fields.has(key) ? `${fields.get(key)}, ${value}` : value);
  }
  return fields;
}
