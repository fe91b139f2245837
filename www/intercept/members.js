// The members of an XMLHttpRequest that a sandbox may answer.

import { Exchange } from './exchange.js';
import { answerAtOnce } from './sync.js';

/** Their descriptors. `original` has what they stand in for. */
export function members(original, states, way) {
  const call = (xhr, name, args) => Reflect.apply(Reflect.get(original, name, xhr), xhr, args);
  const get = (xhr, name) => Reflect.get(original, name, xhr);
  const set = (xhr, name, value) => Reflect.set(original, name, value, xhr);
  const exchangeOf = (xhr) => states.get(xhr)?.exchange;
  const unsent = (xhr) => {
    if (exchangeOf(xhr)) throw invalid('the request was sent');
  };
  const typeOf = (xhr, ...allowed) => {
    const type = get(xhr, 'responseType');
    if (!allowed.includes(type)) throw invalid(`responseType is '${type}'`);
    return type;
  };

  return Object.getOwnPropertyDescriptors({
    open(...args) {
      const before = states.get(this);
      const to = way.open(args[1]);
      const async = args.length < 3 || Boolean(args[2]);
      const opened = to && { ...to, method: normalized(args[0]), async, headers: new Headers() };
      states.set(this, { opened, exchange: before?.exchange });
      try {
        call(this, 'open', args);
      } catch (error) {
        states.set(this, before);
        throw error;
      }
      const state = states.get(this);
      if (!before?.exchange || state.exchange !== before.exchange) return;
      state.exchange = undefined;
      const { readyState } = before.exchange;
      before.exchange.leave();
      // The original has been open all the while, and says nothing.
      if (readyState !== 1) this.dispatchEvent(new Event('readystatechange'));
    },

    setRequestHeader(name, value) {
      unsent(this);
      call(this, 'setRequestHeader', arguments);
      states.get(this)?.opened?.headers.append(name, value);
    },

    send(body) {
      const state = states.get(this);
      if (!state?.opened) return call(this, 'send', arguments);
      unsent(this);
      const { method, async, url, sandbox } = state.opened;
      // Of headers that a page may not set, the platform says nothing, and does not send them.
      const { headers } = new Request(url, { headers: state.opened.headers });
      const payload = /^(?:GET|HEAD)$/.test(method) || body == null ? undefined : serialized(body, headers);
      state.exchange = new Exchange(this);
      if (!async) return state.exchange.finish(() => answerAtOnce(state.opened, headers, payload));
      const credentials = get(this, 'withCredentials') ? 'include' : 'same-origin';
      const ask = (signal) => way.ask(sandbox, url, { method, headers, body: payload, credentials, signal });
      state.exchange.start(payload, get(this, 'timeout'), ask);
    },

    abort() {
      const exchange = exchangeOf(this);
      if (exchange) exchange.abort();
      else call(this, 'abort', []);
    },

    overrideMimeType(type) {
      exchangeOf(this)?.unread();
      call(this, 'overrideMimeType', arguments);
      const opened = states.get(this)?.opened;
      if (opened) opened.type = type;
    },

    getResponseHeader(name) {
      const exchange = exchangeOf(this);
      return exchange ? exchange.headers?.get(name) ?? null : call(this, 'getResponseHeader', arguments);
    },

    getAllResponseHeaders() {
      const exchange = exchangeOf(this);
      if (!exchange) return call(this, 'getAllResponseHeaders', []);
      return [...(exchange.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    },

    get readyState() {
      return exchangeOf(this)?.readyState ?? get(this, 'readyState');
    },

    get status() {
      return exchangeOf(this)?.status ?? get(this, 'status');
    },

    get statusText() {
      return exchangeOf(this)?.statusText ?? get(this, 'statusText');
    },

    get responseURL() {
      return exchangeOf(this)?.url ?? get(this, 'responseURL');
    },

    get response() {
      const { exchange, opened } = states.get(this) ?? {};
      return exchange ? exchange.body(get(this, 'responseType'), opened.type) : get(this, 'response');
    },

    get responseText() {
      const exchange = exchangeOf(this);
      if (!exchange) return get(this, 'responseText');
      typeOf(this, '', 'text');
      return exchange.text;
    },

    get responseXML() {
      const { exchange, opened } = states.get(this) ?? {};
      return exchange ? exchange.document(typeOf(this, '', 'document'), opened.type) : get(this, 'responseXML');
    },

    get responseType() {
      return get(this, 'responseType');
    },

    set responseType(type) {
      exchangeOf(this)?.unread();
      set(this, 'responseType', type);
    },

    get timeout() {
      return get(this, 'timeout');
    },

    set timeout(millis) {
      set(this, 'timeout', millis);
      exchangeOf(this)?.limit(get(this, 'timeout'));
    },

    get withCredentials() {
      return get(this, 'withCredentials');
    },

    set withCredentials(value) {
      unsent(this);
      set(this, 'withCredentials', value);
    },
  });
}

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
