// Answers to an XMLHttpRequest that is not asynchronous. The backend can: its answers take time only where they are to.

/** What a sandbox answers at once: `[response, bytes]`. Redirects are not followed. Throws as `send` does. */
export function answerAtOnce({ sandbox, method, url }, headers, payload) {
  const [body, type] = atHand(payload);
  if (type && !headers.has('content-type')) headers.set('content-type', type);
  let answer;
  try {
    answer = sandbox.handle({ method, url, headers: Object.fromEntries(headers), body });
  } catch (error) {
    throw failed(error.message);
  }
  if (answer.status === 302) throw failed(`${url} redirects, which only asynchronous requests follow`);
  return [{ status: answer.status, url, headers: new Headers(answer.headers) }, new TextEncoder().encode(answer.body ?? '')];
}

/** A body with the type that it has by itself. */
function atHand(body) {
  if (body === undefined) return [];
  if (typeof body === 'string') return [body, 'text/plain;charset=UTF-8'];
  if (body instanceof URLSearchParams) return [String(body), 'application/x-www-form-urlencoded;charset=UTF-8'];
  if (body instanceof ArrayBuffer) return [new Uint8Array(body)];
  if (ArrayBuffer.isView(body)) return [new Uint8Array(body.buffer, body.byteOffset, body.byteLength)];
  throw failed('a body that is a Blob or a form takes an asynchronous request');
}

const failed = (why) => new DOMException(`Failed to execute 'send' on 'XMLHttpRequest': ${why}`, 'NetworkError');
