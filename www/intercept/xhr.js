// XMLHttpRequest, answered by a sandbox or left to the platform: `open` decides, and what is not for a sandbox stays the
// platform's own in every respect. Either way the platform checks what it is called with, and has the listeners.

import { Exchange } from './exchange.js';
import { answerAtOnce } from './sync.js';

/**
 * A class in the place of the original. `way.open(address)` is `{ url, sandbox }` where a sandbox answers, and
 * `way.ask(sandbox, url, init)` its answer as a `Response`.
 */
export const xhrLike = (Original, way) =>
  class XMLHttpRequest extends Original {
    /** Where a sandbox answers: what `open` and `setRequestHeader` said. */
    #opened;
    /** From `send` on. */
    #exchange;

    static [Symbol.hasInstance](value) {
      // Those that were made before, too.
      return this === XMLHttpRequest ? value instanceof Original : super[Symbol.hasInstance](value);
    }

    open(...args) {
      const [previous, before] = [this.#opened, this.#exchange];
      const to = way.open(args[1]);
      const async = args.length < 3 || Boolean(args[2]);
      this.#opened = to && { ...to, method: normalized(args[0]), async, headers: new Headers() };
      try {
        super.open(...args);
      } catch (error) {
        this.#opened = previous;
        throw error;
      }
      if (!before || this.#exchange !== before) return;
      before.drop();
      this.#exchange = undefined;
      // The original has been open all the while, and says nothing.
      if (before.readyState !== 1) this.dispatchEvent(new Event('readystatechange'));
    }

    setRequestHeader(name, value) {
      if (this.#exchange) throw invalid('the request was sent');
      super.setRequestHeader(name, value);
      this.#opened?.headers.append(name, value);
    }

    send(body) {
      const opened = this.#opened;
      if (!opened) return super.send(...arguments);
      if (this.#exchange) throw invalid('the request was sent');
      this.#exchange = new Exchange(this);
      const { method, async, headers } = opened;
      // Of headers that a page may not set, the platform says nothing, and does not send them.
      const request = new Request(opened.url, { headers });
      const payload = /^(?:GET|HEAD)$/.test(method) || body == null ? undefined : serialized(body, request.headers);
      if (!async) return this.#exchange.finish(() => answerAtOnce(opened, request.headers, payload));
      const credentials = super.withCredentials ? 'include' : 'same-origin';
      this.#exchange.start(payload, super.timeout, (signal) =>
        way.ask(opened.sandbox, opened.url, { method, headers: request.headers, body: payload, credentials, signal }),
      );
    }

    abort() {
      if (this.#exchange) this.#exchange.abort();
      else super.abort();
    }

    overrideMimeType(type) {
      this.#exchange?.unread();
      super.overrideMimeType(type);
      if (this.#opened) this.#opened.type = type;
    }

    getResponseHeader(name) {
      return this.#exchange ? this.#exchange.headers?.get(name) ?? null : super.getResponseHeader(name);
    }

    getAllResponseHeaders() {
      if (!this.#exchange) return super.getAllResponseHeaders();
      return [...(this.#exchange.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }

    get readyState() {
      return this.#exchange?.readyState ?? super.readyState;
    }

    get status() {
      return this.#exchange ? this.#exchange.status : super.status;
    }

    get statusText() {
      return this.#exchange ? this.#exchange.statusText : super.statusText;
    }

    get responseURL() {
      return this.#exchange ? this.#exchange.url : super.responseURL;
    }

    get response() {
      return this.#exchange ? this.#exchange.body(super.responseType, this.#opened.type) : super.response;
    }

    get responseText() {
      if (!this.#exchange) return super.responseText;
      if (!/^(?:text)?$/.test(super.responseType)) throw invalid(`responseType is '${super.responseType}'`);
      return this.#exchange.text;
    }

    get responseXML() {
      if (!this.#exchange) return super.responseXML;
      if (!/^(?:document)?$/.test(super.responseType)) throw invalid(`responseType is '${super.responseType}'`);
      return this.#exchange.document(super.responseType, this.#opened.type);
    }

    get responseType() {
      return super.responseType;
    }

    set responseType(type) {
      this.#exchange?.unread();
      super.responseType = type;
    }

    get timeout() {
      return super.timeout;
    }

    set timeout(millis) {
      super.timeout = millis;
      this.#exchange?.limit(super.timeout);
    }

    get withCredentials() {
      return super.withCredentials;
    }

    set withCredentials(value) {
      if (this.#exchange) throw invalid('the request was sent');
      super.withCredentials = value;
    }
  };

const invalid = (why) => new DOMException(`The XMLHttpRequest is in the wrong state: ${why}`, 'InvalidStateError');

function normalized(method) {
  const upper = String(method).toUpperCase();
  return /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/.test(upper) ? upper : String(method);
}

/** A body as fetch takes it. */
function serialized(body, headers) {
  if (typeof Document === 'undefined' || !(body instanceof Document)) return typeof body === 'object' ? body : String(body);
  const type = body.contentType === 'text/html' ? 'text/html' : 'application/xml';
  if (!headers.has('content-type')) headers.set('content-type', `${type};charset=UTF-8`);
  return new XMLSerializer().serializeToString(body);
}
