// Webhooks in the published package: receivers in the page, real requests, and what is told to others.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createSandbox } from '../../dist/npm/node.js';

const TOKEN = 'c8974e592c2fa383d4a3960714';
const HOOK = 'https://app.example/webhooks/qod';

const start = (options) => createSandbox({ clock: 'manual', seed: 1, startAt: '2026-01-01T00:00:00Z', auth: 'off', ...options });

let port = 0;

/** Creates a session with a webhook at `url`, and returns its id. */
function create(sandbox, url = HOOK, changes = {}) {
  const { status, body } = sandbox.handle({
    method: 'POST',
    url: '/qod/v0/sessions',
    body: JSON.stringify({
      device: { phoneNumber: '+34600000001' },
      devicePorts: { ports: [port++ % 65_536] },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
      duration: 3600,
      webhook: { notificationUrl: url, notificationAuthToken: TOKEN },
      ...changes,
    }),
  });
  assert.equal(status, 201, body);
  return JSON.parse(body).sessionId;
}

/** The attempts of a notification: `delivered 204`. */
const attempts = ({ deliveries }) => deliveries.map(({ outcome, status }) => [outcome, status].filter(Boolean).join(' '));

/** Lets all that can happen without a clock happen. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

test('a handler gets the request that an operator sends, and its answer is recorded', async () => {
  const sandbox = await start();
  const got = [];
  sandbox.receive(HOOK, async (request) => {
    got.push([request.method, request.url, Object.fromEntries(request.headers), await request.json(), request instanceof Request]);
    return new Response(null, { status: 204 });
  });
  const sessionId = create(sandbox, `${HOOK}#fragment`);
  sandbox.clock.advance('2s');
  const [pending] = sandbox.notifications();
  assert.deepEqual(attempts(pending), ['pending']);
  await settle();
  const [{ event, deliveries, request }] = sandbox.notifications();
  assert.deepEqual(got, [
    ['POST', HOOK, { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${TOKEN}` }, event, true],
  ]);
  assert.equal(event.data.sessionId, sessionId);
  assert.deepEqual(deliveries, [
    { at: '2026-01-01T00:00:02.000Z', url: `${HOOK}#fragment`, attempt: 1, cause: 'event', outcome: 'delivered', status: 204, durationMs: 0 },
  ]);
  assert.deepEqual(request, {
    method: 'POST',
    url: `${HOOK}#fragment`,
    headers: { 'content-type': 'application/cloudevents+json', authorization: 'Bearer c897••••••••••••••••••0714' },
  });
});

test('an event follows the response of the call that caused it', async () => {
  const sandbox = await start({ operator: { grant: 'synchronous' } });
  const order = [];
  sandbox.receive('https://app.example', () => {
    order.push('delivered');
    return new Response();
  });
  sandbox.on('request', () => order.push('request'));
  sandbox.on('notification', () => order.push('notification'));
  create(sandbox);
  order.push('answered');
  await settle();
  assert.deepEqual(order, ['answered', 'request', 'notification', 'delivered']);
});

test('whatever a handler does, the sandbox goes on', async () => {
  const used = new Response('once');
  await used.text();
  const same = new Response('the same each time');
  const cases = [
    [() => new Response('ok'), 'delivered 200', undefined],
    [() => new Response(null, { status: 503 }), 'refused 503', /something else than 2xx/],
    [() => Response.redirect('https://elsewhere.example/'), 'refused 302', /redirected/],
    [() => { throw new Error('mine'); }, 'failed', /the receiver threw: mine/],
    [() => { throw undefined; }, 'failed', /the receiver threw: undefined/],
    [async () => { throw new TypeError(`no ${TOKEN}`); }, 'failed', /no c897••••••••••••••••••0714/],
    [() => undefined, 'failed', /returned undefined instead of a Response/],
    [() => ({ status: 204 }), 'failed', /returned {"status":204} instead of a Response/],
    [() => 204, 'failed', /returned 204 instead of a Response/],
    [() => Response.error(), 'failed', /Response\.error\(\)/],
    [() => used, 'failed', /used before/],
    [() => same, 'delivered 200', undefined],
    [() => same, 'failed', /used before/],
    [() => new Response(new ReadableStream({ start: (stream) => stream.error(new Error('cut off')) })), 'failed', /cut off/],
    // Answers twice: the first counts.
    [() => ({ then(answer) { answer(new Response(null, { status: 204 })); answer(new Response(null, { status: 500 })); } }), 'delivered 204', undefined],
    [(_, sandbox) => { sandbox.fetch('/qod/v0/qos-profiles'); return new Response(); }, 'delivered 200', undefined],
  ];
  for (const [handler, outcome, reason] of cases) {
    const sandbox = await start();
    sandbox.receive(HOOK, (request) => handler(request, sandbox));
    create(sandbox);
    sandbox.clock.advance('2s');
    await settle();
    const [notification] = sandbox.notifications();
    assert.deepEqual(attempts(notification), [outcome], String(handler));
    assert.equal(reason ? reason.test(notification.deliveries[0].reason) : notification.deliveries[0].reason === undefined, true, `${handler}: ${notification.deliveries[0].reason}`);
    create(sandbox);
    sandbox.dispose();
  }
});

test('a handler can dispose of the sandbox, and the others go on', async () => {
  const [sandbox, other] = await Promise.all([start(), start()]);
  for (const one of [sandbox, other]) {
    one.receive(HOOK, () => {
      sandbox.dispose();
      return new Response();
    });
    create(one);
    create(one);
  }
  sandbox.clock.advance('2s');
  other.clock.advance('2s');
  await settle();
  assert.throws(() => sandbox.notifications(), /was disposed/);
  assert.deepEqual(other.notifications().map(attempts), [['delivered 200'], ['delivered 200']]);
});

test('a handler that takes for ever times out on the sandbox\'s clock, and holds back no others', async () => {
  const sandbox = await start({ delivery: { attempts: 2, timeout: '5s' } });
  const signals = [];
  sandbox.receive(HOOK, ({ signal }) => {
    signals.push(signal);
    return new Promise(() => {});
  });
  sandbox.receive('https://other.example', 204);
  create(sandbox);
  create(sandbox, 'https://other.example/hook');
  const fired = await sandbox.clock.advanceAsync('1m');
  assert.deepEqual(sandbox.notifications().map(attempts), [['timeout', 'timeout'], ['delivered 204']]);
  assert.deepEqual(fired.map(({ kind, at }) => `${kind} ${at.slice(17, 19)}`), ['granted 02', 'granted 02', 'timeout 07', 'delivery 08', 'timeout 13']);
  assert.deepEqual(signals.map(({ aborted, reason }) => [aborted, reason.name]), [[true, 'TimeoutError'], [true, 'TimeoutError']]);
});

test('retries of a handler fall into their place in advanceAsync', async () => {
  const sandbox = await start({ delivery: { attempts: 4, backoff: '10s' } });
  let calls = 0;
  sandbox.receive(HOOK, async (request) => {
    await request.json();
    await new Promise((resolve) => setTimeout(resolve, 2));
    return new Response(null, { status: ++calls < 3 ? 500 : 204 });
  });
  create(sandbox);
  await sandbox.clock.advanceAsync('1m');
  const [{ deliveries }] = sandbox.notifications();
  assert.deepEqual(
    deliveries.map(({ at, cause, outcome }) => `${at.slice(17, 19)} ${cause} ${outcome}`),
    ['02 event refused', '12 retry refused', '32 retry delivered'],
  );
});

test('set answers are given at once, also in one synchronous step', async () => {
  for (const [answer, delivery, expected] of [
    [204, {}, ['delivered 204']],
    [503, { attempts: 3 }, ['refused 503', 'refused 503', 'refused 503']],
    [410, { attempts: 3 }, ['refused 410']],
    ['timeout', { attempts: 2, timeout: '1s' }, ['timeout', 'timeout']],
    [{ failFirst: 2 }, { attempts: 3 }, ['refused 503', 'refused 503', 'delivered 204']],
    [{ status: 200, failFirst: 1, failWith: 'timeout' }, { attempts: 3 }, ['timeout', 'delivered 200']],
    [{ requireToken: TOKEN }, {}, ['delivered 204']],
    [{ requireToken: 'another' }, {}, ['refused 401']],
  ]) {
    const sandbox = await start({ delivery });
    sandbox.receive(HOOK, answer);
    create(sandbox);
    sandbox.clock.advance('5m');
    assert.deepEqual(attempts(sandbox.notifications()[0]), expected, JSON.stringify(answer));
  }
});

test('a pattern receives what it matches, after exact URLs and origins', async () => {
  // As URLPattern, which this Node may not have.
  const pattern = { protocol: 'https', hostname: '*', port: '', pathname: '/webhooks/*', search: '', test: (url) => new URL(url).pathname.startsWith('/webhooks/') };
  const run = async (step) => {
    const sandbox = await start({ delivery: { attempts: 3 } });
    const undo = sandbox.receive(pattern, { failFirst: 1 });
    sandbox.receive('https://exact.example', 202);
    for (const url of ['https://any.example/webhooks/1', 'https://exact.example/webhooks/1', 'https://any.example/hooks']) create(sandbox, url);
    for (let second = 0; second < 20; second += step) sandbox.clock.advance(step * 1000);
    const told = sandbox.notifications().map(({ deliveries }) => deliveries.map(({ at, outcome, status }) => `${at.slice(17, 19)} ${outcome} ${status}`));
    undo();
    create(sandbox, 'https://any.example/webhooks/1');
    sandbox.clock.advance('2s');
    return [...told, attempts(sandbox.notifications().at(-1))[0]];
  };
  const expected = [
    ['02 refused 503', '03 delivered 204'],
    ['02 delivered 202'],
    ['02 no-receiver undefined', '03 no-receiver undefined', '05 no-receiver undefined'],
    'no-receiver',
  ];
  assert.deepEqual(await run(20), expected);
  assert.deepEqual(await run(1), expected);
});

test('a receiver for all gets what no other is there for', async () => {
  const sandbox = await start({ delivery: 'network' });
  sandbox.receive('*', 202);
  sandbox.receive('https://origin.example', 204);
  sandbox.receive({ pathname: '/hook', test: (url) => url.endsWith('/hook') }, 203);
  for (const url of ['https://origin.example/x', 'https://other.example/hook', 'https://other.example/x']) create(sandbox, url);
  sandbox.clock.advance('2s');
  assert.deepEqual(sandbox.notifications().flatMap(attempts), ['delivered 204', 'delivered 203', 'delivered 202']);
});

test('a pattern cannot call the sandbox that asks it', async () => {
  const sandbox = await start();
  let thrown;
  const pattern = {
    pathname: '*',
    test() {
      try {
        sandbox.sessions();
      } catch (error) {
        thrown = error;
      }
      return true;
    },
  };
  sandbox.receive(pattern, () => new Response());
  create(sandbox);
  sandbox.clock.advance('2s');
  await settle();
  assert.match(thrown.message, /a pattern cannot call/);
  assert.deepEqual(attempts(sandbox.notifications()[0]), ['delivered 200']);
});

test('of several receivers the last is told, until it is taken away', async () => {
  const sandbox = await start();
  sandbox.receive(HOOK, 200);
  const undo = sandbox.receive(HOOK, 202);
  const deliver = () => {
    create(sandbox);
    sandbox.clock.advance('2s');
    return attempts(sandbox.notifications().at(-1))[0];
  };
  assert.equal(deliver(), 'delivered 202');
  undo();
  undo();
  assert.equal(deliver(), 'delivered 200');
});

test('late, doubled and disordered', async () => {
  const sandbox = await start({ delivery: { delay: '5s', copies: 2, reorder: true } });
  const got = [];
  sandbox.receive(HOOK, async (request) => {
    const { id, data } = await request.json();
    got.push([id, data.qosStatus]);
    return new Response(null, { status: 204 });
  });
  const session = create(sandbox);
  sandbox.clock.advance('10s');
  assert.equal(sandbox.notifications()[0].heldBack, true);
  sandbox.network.terminate(session);
  assert.equal(sandbox.notifications()[1].nextAttemptAt, '2026-01-01T00:00:15.000Z');
  await sandbox.clock.advanceAsync('1m');
  const [available, unavailable] = sandbox.notifications().map(({ id }) => id);
  assert.deepEqual(got, [
    [unavailable, 'UNAVAILABLE'],
    [unavailable, 'UNAVAILABLE'],
    [available, 'AVAILABLE'],
    [available, 'AVAILABLE'],
  ]);
});

test('a notification is delivered again by hand', async () => {
  const sandbox = await start();
  create(sandbox);
  sandbox.clock.advance('2s');
  const [{ id }] = sandbox.notifications();
  sandbox.receive(HOOK, 204);
  sandbox.redeliver(id);
  const [{ deliveries }] = sandbox.notifications();
  assert.deepEqual(deliveries.map(({ cause, outcome }) => `${cause} ${outcome}`), ['event no-receiver', 'redelivery delivered']);
  assert.throws(() => sandbox.redeliver('x'), /no notification x/);
  assert.throws(() => sandbox.redeliver(7), /notification's id; got 7/);
  create(sandbox, undefined, { webhook: undefined });
  sandbox.clock.advance('2s');
  assert.throws(() => sandbox.redeliver(sandbox.notifications().at(-1).id), /without a webhook/);
});

test('what was under way before a reset is dropped, and receivers stay', async () => {
  const sandbox = await start();
  const answers = [];
  const signals = [];
  sandbox.receive(HOOK, ({ signal }) => {
    signals.push(signal);
    return new Promise((resolve) => answers.push(resolve));
  });
  create(sandbox);
  sandbox.clock.advance('2s');
  sandbox.reset();
  await undefined;
  assert.equal(signals[0].aborted, true);
  create(sandbox);
  sandbox.clock.advance('2s');
  answers[0](new Response(null, { status: 500 }));
  await settle();
  assert.deepEqual(sandbox.notifications().map(attempts), [['pending']]);
  answers[1](new Response(null, { status: 204 }));
  await settle();
  assert.deepEqual(sandbox.notifications().map(attempts), [['delivered 204']]);
});

test('polling beside callback', async () => {
  const sandbox = await start();
  sandbox.receive(HOOK, 204);
  const session = create(sandbox);
  sandbox.clock.advance('2s');
  sandbox.network.terminate(session);
  sandbox.clock.advance('360s');
  const { id } = sandbox.notifications()[1];
  assert.deepEqual(sandbox.perspectives(session).slice(-2), [
    {
      at: '2026-01-01T00:00:02.000Z',
      cause: 'delivered',
      polling: { status: 200, qosStatus: 'UNAVAILABLE' },
      callback: { notificationId: id, qosStatus: 'UNAVAILABLE', statusInfo: 'NETWORK_TERMINATED' },
      differences: ['status-info-unseen'],
    },
    {
      at: '2026-01-01T00:06:02.000Z',
      cause: 'released',
      polling: { status: 404 },
      callback: { notificationId: id, qosStatus: 'UNAVAILABLE', statusInfo: 'NETWORK_TERMINATED' },
      differences: ['not-found', 'not-notified'],
    },
  ]);
  assert.throws(() => sandbox.perspectives('x'), /must be a UUID/);
  assert.throws(() => sandbox.perspectives(crypto.randomUUID()), /there is no session/);
});

test('no token is in any record or event', async () => {
  const sandbox = await start({ broadcast: 'qod-secrets', auth: 'required' });
  const channel = new BroadcastChannel('qod-secrets');
  const told = [];
  channel.onmessage = ({ data }) => told.push(data);
  for (const type of ['request', 'session', 'notification', 'delivery']) sandbox.on(type, (detail) => told.push(detail));
  let got;
  sandbox.receive(HOOK, (request) => {
    got = request.headers.get('authorization');
    throw new Error(`no ${got}`);
  });
  const response = await sandbox.fetch('/qod/v0/sessions', {
    method: 'POST',
    headers: { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' },
    body: JSON.stringify({
      device: { phoneNumber: '+34600000001' },
      applicationServer: { ipv4Address: '198.51.100.10' },
      qosProfile: 'QOS_E',
      webhook: { notificationUrl: HOOK, notificationAuthToken: TOKEN },
    }),
  });
  assert.equal((await response.json()).webhook.notificationAuthToken, TOKEN, 'clients get it in full');
  sandbox.clock.advance('2s');
  await settle();
  assert.equal(got, `Bearer ${TOKEN}`, 'receivers get it in full');
  await new Promise((resolve) => setTimeout(resolve, 50));
  channel.close();
  const shown = JSON.stringify([told, sandbox.sessions(), sandbox.notifications(), sandbox.traffic()]);
  assert.ok(shown.includes('c897••••••••••••••••••0714'));
  for (const secret of [TOKEN, 'mock_sandbox_access_token']) assert.equal(shown.includes(secret), false, secret);
});

test('other pages of the origin hear of it, if that is wanted', async () => {
  const sandbox = await start({ broadcast: 'qod' });
  const channel = new BroadcastChannel('qod');
  const heard = [];
  channel.onmessage = ({ data }) => heard.push(data);
  create(sandbox);
  sandbox.clock.advance('2s');
  await new Promise((resolve) => setTimeout(resolve, 50));
  channel.close();
  sandbox.dispose();
  assert.deepEqual(heard.map(({ source, type }) => `${source} ${type}`), ['session', 'session', 'notification', 'delivery'].map((type) => `qod-sandbox ${type}`));
  assert.equal(heard[2].detail.event.data.qosStatus, 'AVAILABLE');
});

/** A server on this machine that keeps what it gets. */
async function server(answer) {
  const got = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    got.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { got, url: `http://127.0.0.1:${server.address().port}/hook`, close: () => server.close() };
}

/** Waits until the last notification is no longer pending. */
async function outcome(sandbox) {
  for (let turn = 0; turn < 500; turn++) {
    const [delivery] = sandbox.notifications().at(-1).deliveries;
    if (delivery.outcome !== 'pending') return delivery;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return assert.fail('still pending');
}

test('real POSTs are made only where they are switched on', async () => {
  const { got, url, close } = await server((_, response) => response.writeHead(204).end());
  try {
    const off = await start();
    create(off, url);
    off.clock.advance('2s');
    await settle();
    assert.deepEqual(attempts(off.notifications()[0]), ['no-receiver']);
    assert.equal(got.length, 0);

    const on = await start({ delivery: 'network' });
    create(on, url);
    on.clock.advance('2s');
    assert.deepEqual([(await outcome(on)).outcome, (await outcome(on)).status], ['delivered', 204]);
    const [{ event }] = on.notifications();
    assert.deepEqual(got.map(({ method, headers, body }) => [method, headers['content-type'], headers.authorization, headers.referer, headers.cookie, JSON.parse(body)]), [
      ['POST', 'application/cloudevents+json', `Bearer ${TOKEN}`, undefined, undefined, event],
    ]);
    // A receiver of the sandbox goes first; switched off again, nothing leaves.
    on.receive(url, 200);
    create(on, url);
    on.clock.advance('2s');
    assert.equal((await outcome(on)).status, 200);
    on.configure({ delivery: 'receivers' });
    create(on, 'http://127.0.0.1:1/');
    on.clock.advance('2s');
    assert.equal((await outcome(on)).outcome, 'no-receiver');
    assert.equal(got.length, 1);
  } finally {
    close();
  }
});

test('a real POST goes nowhere else, and says why it failed', async () => {
  const elsewhere = await server((_, response) => response.writeHead(204).end());
  const redirecting = await server((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
  const failing = await server((_, response) => response.writeHead(503).end('no'));
  try {
    const cases = [
      [redirecting.url, 'refused', 307, /not followed/],
      [failing.url, 'refused', 503, /something else than 2xx/],
      ['http://127.0.0.1:1/', 'failed', undefined, /could not be reached/],
      ['http://192.0.2.1/', 'failed', undefined, /only this machine.*use https/],
      ['http://localhost.example/', 'failed', undefined, /only this machine/],
      ['http://127.0.0.1.example/', 'failed', undefined, /only this machine/],
      ['https://user:secret@app.example/', 'failed', undefined, /a user or a password/],
      ['ftp://127.0.0.1/', 'failed', undefined, /neither http nor https/],
    ];
    for (const [url, expected, status, reason] of cases) {
      const sandbox = await start({ delivery: 'network' });
      create(sandbox, url);
      sandbox.clock.advance('2s');
      const delivery = await outcome(sandbox);
      assert.deepEqual([delivery.outcome, delivery.status], [expected, status], `${url}: ${delivery.reason}`);
      assert.match(delivery.reason, reason);
    }
    assert.equal(elsewhere.got.length, 0);
  } finally {
    for (const { close } of [elsewhere, redirecting, failing]) close();
  }
});

test('a receiver out there that takes for ever is given up on the sandbox\'s clock', async () => {
  const silent = await server(() => {});
  try {
    const sandbox = await start({ delivery: { to: 'network', timeout: '3s' } });
    create(sandbox, silent.url);
    sandbox.clock.advance('2s');
    sandbox.clock.advance('3s');
    assert.deepEqual(attempts(sandbox.notifications()[0]), ['timeout']);
    assert.equal(sandbox.notifications()[0].deliveries[0].durationMs, 3000);
  } finally {
    silent.close();
  }
});

test('a page that comes back adds no receiver that its sandbox was kept with', async () => {
  const first = await start();
  first.receive('https://app.example', { failFirst: 1 });
  const second = await start();
  second.restore(first.snapshot());
  const undo = second.receive('https://app.example', { failFirst: 1 });
  undo();
  create(second);
  second.clock.advance('2s');
  assert.deepEqual(second.notifications().map(attempts), [['no-receiver']]);
});

test('what takes a receiver away does so once', async () => {
  const other = await start();
  other.receive('*', 503);
  const kept = other.snapshot();
  const sandbox = await start();
  const undo = sandbox.receive('*', 204);
  undo();
  sandbox.restore(kept);
  undo();
  create(sandbox);
  sandbox.clock.advance('2s');
  assert.deepEqual(sandbox.notifications().map(attempts), [['refused 503']]);
});

test('after dispose, nothing is handed out', async () => {
  const sandbox = await start();
  let handed = 0;
  sandbox.receive('*', () => {
    handed++;
    return new Response(null, { status: 204 });
  });
  sandbox.on('notification', () => sandbox.dispose());
  create(sandbox);
  create(sandbox);
  sandbox.clock.advance('2s');
  await settle();
  assert.equal(handed, 0);
});

test('a snapshot switches no real POSTs on', async () => {
  const networked = await start({ delivery: 'network' });
  const sandbox = await start();
  sandbox.restore(networked.snapshot());
  create(sandbox, 'http://127.0.0.1:9/hook');
  sandbox.clock.advance('2s');
  assert.deepEqual(sandbox.notifications().map(attempts), [['no-receiver']]);
});

test('misuse says what is wrong and what to do', async () => {
  const sandbox = await start();
  const handler = () => new Response();
  for (const [act, kind, message] of [
    [() => sandbox.receive('/hook', handler), TypeError, /must be an absolute one with http or https, an origin, a URLPattern, or '\*' for all; got "\/hook"/],
    [() => sandbox.receive('ftp://a.example/', handler), TypeError, /absolute one/],
    [() => sandbox.receive('https://u:p@a.example/', handler), TypeError, /absolute one/],
    [() => sandbox.receive(undefined, handler), TypeError, /absolute one/],
    [() => sandbox.receive(HOOK), TypeError, /a function from Request to Response, a status, 'timeout'/],
    [() => sandbox.receive(HOOK, 99), RangeError, /a status from 200 to 599, or 'timeout'; got 99/],
    [() => sandbox.receive(HOOK, 'never'), RangeError, /got "never"/],
    [() => sandbox.receive(HOOK, { failfirst: 2 }), TypeError, /no member 'failfirst'; its members are status, failFirst, failWith, requireToken/],
    [() => sandbox.receive(HOOK, { requireToken: '' }), TypeError, /requireToken must be a text/],
    [() => sandbox.configure({ delivery: 'nowhere' }), RangeError, /delivery must be 'receivers' or 'network'/],
    [() => sandbox.configure({ delivery: { attempts: 0 } }), RangeError, /attempts must be a whole number from 1 to 100/],
    [() => sandbox.configure({ delivery: { timeout: 0 } }), RangeError, /timeout must be 1 ms or more/],
    [() => sandbox.configure({ delivery: { backoff: 'soon' } }), TypeError, /backoff must be milliseconds/],
    [() => sandbox.configure({ delivery: { copies: 11 } }), RangeError, /copies must be a whole number from 1 to 10/],
    [() => sandbox.configure({ delivery: { reorder: 'yes' } }), TypeError, /reorder must be true or false/],
    [() => sandbox.configure({ delivery: { retries: 1 } }), TypeError, /no member 'retries'/],
  ]) {
    assert.throws(act, (error) => error instanceof kind && message.test(error.message), String(act));
  }
  await assert.rejects(createSandbox({ broadcast: true }), /broadcast must be a text/);
  // Nothing was taken of what was refused.
  create(sandbox);
  sandbox.clock.advance('2s');
  assert.deepEqual(attempts(sandbox.notifications()[0]), ['no-receiver']);
  sandbox.dispose();
  assert.throws(() => sandbox.receive(HOOK, handler), /was disposed/);
});

test('10,000 notifications reach a handler that fails at random: none lost, none twice', async () => {
  const sandbox = await start({ operator: { grant: 'synchronous' }, delivery: { attempts: 100, backoff: '1s' } });
  const taken = new Map();
  let calls = 0;
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  sandbox.receive(HOOK, async (request) => {
    const { id } = await request.json();
    calls++;
    const luck = random();
    if (luck < 0.1) throw new Error('out of luck');
    if (luck < 0.2) return new Response(null, { status: 503 });
    taken.set(id, (taken.get(id) ?? 0) + 1);
    return new Response(null, { status: 204 });
  });
  for (let n = 0; n < 10_000; n++) create(sandbox, HOOK, { duration: 86_400 });
  await sandbox.clock.advanceAsync('10m');
  const told = sandbox.notifications();
  assert.equal(told.length, 10_000);
  assert.deepEqual(told.filter(({ deliveries }) => deliveries.at(-1).outcome !== 'delivered'), []);
  assert.equal(taken.size, 10_000);
  assert.ok([...taken.values()].every((times) => times === 1));
  assert.equal(told.reduce((sum, { deliveries }) => sum + deliveries.length, 0), calls);
  assert.ok(calls > 11_000, `${calls} calls`);
});
