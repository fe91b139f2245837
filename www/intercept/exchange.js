// One request of an XMLHttpRequest that a sandbox answers: its states and events, as the platform's own has them.

// Taken here, so that tests may replace the globals by fake ones.
const { setTimeout, clearTimeout } = globalThis;

const NOTHING = new Uint8Array();

export class Exchange {
  readyState = 1;
  /** From when there are any until the request fails. */
  headers;
  status = 0;
  statusText = '';
  url = '';
  #bytes = NOTHING;
  #read;
  #target;
  #over = false;
  #uploaded = true;
  #abort = new AbortController();
  #since = performance.now();
  #timer;

  constructor(target) {
    this.#target = target;
  }

  /** Asks for the answer, and tells what becomes of it. */
  async start(body, timeout, ask) {
    this.#uploaded = body === undefined;
    this.#tell('loadstart');
    const size = sizeOf(body);
    if (size !== undefined) this.#tell('loadstart', { total: size }, this.#target.upload);
    if (this.#over) return;
    this.limit(timeout);
    const asked = ask(this.#abort.signal);
    try {
      // Awaited later, and until then nobody's mistake.
      asked.catch(() => {});
      if (!this.#uploaded) await this.#upload(body, size);
      const response = await asked;
      const bytes = response.body ? new Uint8Array(await response.arrayBuffer()) : undefined;
      if (!this.#over) this.#receive(response, bytes);
    } catch {
      if (!this.#over) this.#fail('error');
    }
  }

  /** The same for one that is not asynchronous: `answer` gives `[response, bytes]`, or throws. */
  finish(answer) {
    let answered;
    try {
      answered = answer();
    } catch (error) {
      this.end();
      this.readyState = 4;
      throw error;
    }
    this.end();
    this.#take(...answered);
    this.#enter(4);
    const sizes = { loaded: this.#bytes.length };
    this.#tell('load', sizes);
    this.#tell('loadend', sizes);
  }

  abort() {
    if (!this.#over) this.#fail('abort');
    this.#take();
    this.readyState = 0;
  }

  /** Lets go of it, for the object is opened for something else. */
  leave() {
    this.end();
    this.readyState = 0;
  }

  /** It comes to its end. */
  end() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  /** Sets after how many milliseconds it fails, from its start; 0 for never. */
  limit(millis) {
    clearTimeout(this.#timer);
    if (this.#over || millis === 0) return;
    const left = this.#since + millis - performance.now();
    this.#timer = setTimeout(() => this.#fail('timeout'), Math.max(0, left));
  }

  /** Throws where the answer has begun to come. */
  unread() {
    if (this.readyState > 2) throw new DOMException('The XMLHttpRequest has begun to read the answer', 'InvalidStateError');
  }

  get text() {
    return this.readyState > 2 ? new TextDecoder().decode(this.#bytes) : '';
  }

  /** The body as that `responseType`; each time the same. */
  body(responseType, type) {
    if (responseType === '' || responseType === 'text') return this.text;
    if (this.readyState !== 4 || !this.headers) return null;
    this.#read ??= this.#as(responseType, type);
    return this.#read;
  }

  /** The body as a document, where it is one; HTML only where it is asked for. */
  document(responseType, type = this.#type()) {
    const isHtml = /^text\/html\b/i.test(type);
    if (this.readyState !== 4 || !this.headers || (isHtml && responseType === '') || !/^text\/html\b|[/+]xml\b/i.test(type)) return null;
    this.#read ??= parsed(this.text, isHtml ? 'text/html' : 'application/xml');
    return this.#read;
  }

  #as(responseType, type = this.#type()) {
    if (responseType === 'arraybuffer') return this.#bytes.buffer;
    if (responseType === 'blob') return new Blob([this.#bytes], { type });
    if (responseType === 'document') return this.document(responseType, type);
    try {
      return JSON.parse(this.text);
    } catch {
      return null;
    }
  }

  #type() {
    return this.headers?.get('content-type') ?? 'text/xml';
  }

  async #upload(body, size) {
    const total = size ?? (await new Response(body).blob()).size;
    await undefined;
    for (const event of [...(size === undefined ? ['loadstart'] : []), 'progress', 'load', 'loadend']) {
      if (this.#over) return;
      this.#uploaded ||= event === 'load';
      this.#tell(event, { loaded: event === 'loadstart' ? 0 : total, total }, this.#target.upload);
    }
  }

  #receive(response, bytes) {
    this.#take(response);
    this.#enter(2);
    const total = Number(response.headers.get('content-length') ?? 0);
    const sizes = { loaded: bytes?.length ?? 0, total };
    if (bytes && !this.#over) {
      this.#bytes = bytes;
      this.#enter(3);
      if (!this.#over) this.#tell('progress', sizes);
    }
    // A listener may have aborted it, or opened it for something else.
    if (this.#over) return;
    this.end();
    this.#enter(4);
    if (this.readyState !== 4) return;
    this.#tell('load', sizes);
    this.#tell('loadend', sizes);
  }

  #fail(event) {
    this.end();
    this.#take();
    this.#enter(4);
    for (const target of this.#uploaded ? [this.#target] : [this.#target.upload, this.#target]) {
      this.#tell(event, {}, target);
      this.#tell('loadend', {}, target);
    }
  }

  /** What is known of the answer; without one, nothing is. */
  #take({ status = 0, statusText = '', url = '', headers } = {}, bytes = NOTHING) {
    Object.assign(this, { status, statusText, url, headers });
    this.#bytes = bytes;
  }

  #enter(state) {
    this.readyState = state;
    this.#target.dispatchEvent(new Event('readystatechange'));
  }

  #tell(type, { loaded = 0, total = 0 } = {}, target = this.#target) {
    target.dispatchEvent(new ProgressEvent(type, { loaded, total, lengthComputable: total > 0 }));
  }
}

/** How many bytes a body has, where it can be told at once: a form's are told when it is written. */
function sizeOf(body) {
  if (body === undefined || body instanceof FormData) return undefined;
  return (body instanceof Blob ? body.size : body.byteLength) ?? new TextEncoder().encode(String(body)).length;
}

function parsed(text, type) {
  try {
    return new DOMParser().parseFromString(text, type);
  } catch {
    // A page that allows no HTML from strings.
    return null;
  }
}
