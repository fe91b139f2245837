// A run as an HTTP archive (HAR 1.2): requests of the API and deliveries of webhooks, for the network panel of a browser.

import { absolute } from './address.js';
import { bytesOf, eventText } from './json.js';
import { timeline } from './timeline.js';
import { IN_THE_MIDDLE, title } from './words.js';

export default function write(run) {
  const entries = timeline(run).flatMap(({ input, attempt, of }) => {
    if (input?.request) return [exchange(input)];
    return attempt ? [delivery(attempt, of)] : [];
  });
  const comment = [title(run), run.start && IN_THE_MIDDLE].filter(Boolean).join(' ');
  const creator = { name: 'QoD Sandbox', version: String(run.version) };
  return `${JSON.stringify({ log: { version: '1.2', creator, pages: [], entries, comment } }, null, 2)}\n`;
}

function exchange({ at, request, response, scenario, fault, delayMs = 0 }) {
  const comment = [
    response.status === 0 && 'The connection failed.',
    fault && `Fault: ${fault}.`,
    scenario && `Scenario: ${scenario}.`,
  ];
  return entry(at, delayMs, message(request), answer(response), comment, 'fetch');
}

function delivery({ at, attempt, cause, outcome, status = 0, durationMs = 0, reason }, notification) {
  const comment = [`Webhook, attempt ${attempt} (${cause}): ${outcome}${reason ? `, ${reason}` : ''}.`];
  const sent = message({ ...notification.request, body: eventText(notification) });
  return entry(at, durationMs, sent, answer({ status, headers: {} }, reason), comment, 'other');
}

/** `_resourceType` is what Chrome sorts by. */
function entry(startedDateTime, time, request, response, comments, type) {
  const comment = comments.filter(Boolean).join(' ');
  return {
    startedDateTime,
    time,
    request,
    response,
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    ...(comment && { comment }),
    _resourceType: type,
  };
}

function message({ method, url, headers, body, bodyBase64 }) {
  const address = absolute(url);
  const text = body ?? bodyBase64;
  const data = { mimeType: headers['content-type'] ?? '', text, ...(bodyBase64 && { comment: 'In base64: it is no text.' }) };
  return {
    method,
    url: address,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fields(headers),
    queryString: fields(new URLSearchParams(address.split('?').slice(1).join('?'))),
    ...(text && { postData: data }),
    headersSize: -1,
    bodySize: bodyBase64 ? bytesOf(bodyBase64).length : bytes(body),
  };
}

/** Without an answer, the status is 0 and `_error` says why, as Chrome writes it. */
function answer({ status, headers, body = '' }, why = 'net::ERR_FAILED') {
  return {
    status,
    statusText: STATUS_TEXTS[status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: fields(headers),
    content: { size: bytes(body), mimeType: headers['content-type'] ?? 'x-unknown', ...(body && { text: body }) },
    redirectURL: status >= 300 && status < 400 ? (headers.location ?? '') : '',
    headersSize: -1,
    bodySize: status === 0 ? -1 : bytes(body),
    ...(status === 0 && { _error: why }),
  };
}

const fields = (pairs) => (pairs instanceof URLSearchParams ? [...pairs] : Object.entries(pairs)).map(([name, value]) => ({ name, value }));

const bytes = (text = '') => new TextEncoder().encode(text).length;

const STATUS_TEXTS = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
