// Bodies: what they say, and what of an answer a test looks at.

/** The body of a request as text; bytes that are none are replaced. */
export function textOf({ body, bodyBase64 }) {
  return bodyBase64 ? new TextDecoder().decode(bytesOf(bodyBase64)) : body;
}

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

/** What a body says, if it is JSON. */
export function json(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The same, if it is an object or an array, and says no less when it is written anew. */
export function rewritable(body) {
  const value = json(body);
  if (typeof value !== 'object' || value === null) return undefined;
  // Numbers of another form, members that come twice and escapes would be lost; white space is not missed.
  const compact = body.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
  return compact === JSON.stringify(value) ? value : undefined;
}

/** What tells answers apart: a session's status, an error's code, a profile's name; nothing if there is none of these. */
export function keyMembers(value) {
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'object' ? keyMembers(item) ?? {} : item));
  const found = ['qosStatus', 'code', 'error', 'name'].filter((name) => typeof value?.[name] === 'string');
  return found.length === 0 ? undefined : Object.fromEntries(found.map((name) => [name, value[name]]));
}

/** Texts in a value, each with its pointer (RFC 6901). */
export function texts(value, pointer = '') {
  if (typeof value === 'string') return [[pointer, value]];
  return Object.entries(value ?? {}).flatMap(([name, member]) => texts(member, `${pointer}/${name}`));
}

/** A notification's event as it is sent. Runs may have its members in another order. */
export function eventText({ event }) {
  const { id, source, specversion, type, time, datacontenttype, data } = event;
  return JSON.stringify({ id, source, specversion, type, time, datacontenttype, ...event, data: ordered(data) });
}

/** A notification in short, and what became of each attempt to deliver it. */
export function summary({ event: { time, data }, deliveries }) {
  return { time, ...ordered(data), deliveries: deliveries.map(({ outcome, status }) => [outcome, status].filter(Boolean).join(' ')) };
}

const ordered = ({ sessionId, qosStatus, ...others }) => ({ sessionId, qosStatus, ...others });
