// Runs for the tests of exporters: real calls of the published package, recorded by it.

import { createSandbox } from '../../dist/npm/node.js';

const START = '2026-01-01T00:00:00.000Z';
const ROOT = 'https://api.example.com/operator';
const HOOK = 'https://app.example/webhooks/qod';
export const TOKEN = 'c8974e592c2fa383d4a3960714';

/**
 * Plays on a manual clock, and returns the run as the modules of formats get it: its secrets masked. `settings` is what
 * differs from the defaults; `send` makes a request, and returns the answer with its body read, or nothing if there is none.
 */
async function record(settings, play) {
  const sandbox = await createSandbox({ clock: 'manual', seed: 1, startAt: START, ...settings });
  const send = (method, path, body, headers = {}) => {
    const url = /^(?:https?:|\/\/)/.test(path) ? path : ROOT + path;
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    const type = body && !('content-type' in headers) && { 'content-type': 'application/json' };
    try {
      const answer = sandbox.handle({ method, url, headers: { ...type, ...headers }, body: text });
      return { ...answer, body: answer.body && JSON.parse(answer.body) };
    } catch {
      return undefined;
    }
  };
  await play({ ...sandbox, send });
  const run = JSON.parse(sandbox[Symbol.for('qod-sandbox.backend')].exportRun(true));
  // What only the records have.
  const traffic = sandbox.traffic();
  for (const input of run.inputs.filter(({ request }) => request)) {
    const { scenario, fault, delayMs } = traffic.shift();
    Object.assign(input, { scenario, fault, delayMs });
  }
  sandbox.dispose();
  return JSON.parse(JSON.stringify(run));
}

const session = (changes) => ({
  device: { phoneNumber: '+34600000001' },
  applicationServer: { ipv4Address: '198.51.100.10' },
  qosProfile: 'QOS_E',
  webhook: { notificationUrl: HOOK, notificationAuthToken: TOKEN },
  duration: 3600,
  ...changes,
});

const other = (phoneNumber, changes) => session({ device: { phoneNumber }, ...changes });

/** Several lives of sessions: extended, terminated, deleted, refused, expired; and requests that were in order and were not. */
export const lives = () =>
  record({ auth: 'off' }, async ({ send, receive, network, clock }) => {
    receive(HOOK, 204);
    const first = send('POST', '/qod/v0/sessions', session()).body.sessionId;
    send('GET', `/qod/v0/sessions/${first}`);
    clock.advance('2s');
    send('GET', `/qod/v0/sessions/${first}`, undefined, { 'x-correlator': "it's $HOME" });
    send('POST', '/qod/v0/sessions', session({ duration: 0 }));
    send('POST', '/qod/v0/sessions', session());
    const quoted = { ...other('+34600000002'), note: 'it\'s "quoted"; $HOME `id` \\ ${x}\n\'EOF\'' };
    const second = send('POST', '/qod/v0/sessions', JSON.stringify(quoted, null, 2)).body.sessionId;
    send('POST', '/qod/v0/sessions', '{"device": {"phoneNumber": "+346",\n \'x\'}');
    clock.advance('500ms');
    network.grant(second);
    send('POST', `/qod/v0/sessions/${second}/extend`, { requestedAdditionalDuration: 60 });
    clock.advance('1m');
    network.terminate(first);
    send('DELETE', `/qod/v0/sessions/${second}`);
    const third = send('POST', '/qod/v0/sessions', other('+34600000003')).body.sessionId;
    network.refuse(third);
    send('POST', '/qod/v0/sessions', other('+34600000004', { duration: 30, webhook: undefined }));
    clock.advance('10m');
    send('GET', `/qod/v0/sessions/${first}`);
    send('GET', '/qod/v0/qos-profiles?name=QOS_E');
  });

const BASIC = { authorization: `Basic ${btoa('client-a:a-secret-of-client-a')}`, 'content-type': 'application/x-www-form-urlencoded' };
const SCOPE = 'dpv:RequestedServiceProvision#qod';

function jwt(claims) {
  const parts = ['{"alg":"RS256"}', JSON.stringify({ aud: 'a', exp: 4_000_000_000, ...claims })];
  return `${parts.map((part) => btoa(part).replaceAll('=', '')).join('.')}.signature`;
}

/** Tokens of every kind, and what is done with them. */
export const tokens = () =>
  record({}, async ({ send, clock }) => {
    const form = (path, fields, headers = { 'content-type': BASIC['content-type'] }) => send('POST', path, String(new URLSearchParams(fields)), headers).body;
    const bearer = (token) => ({ authorization: `Bearer ${token}` });
    const mock = bearer('mock_sandbox_access_token');
    const profile = (token) => send('GET', '/qod/v0/qos-profiles/QOS_S', undefined, bearer(token));
    const own = form('/token', { grant_type: 'client_credentials' }, BASIC).access_token;
    const { sessionId } = send('POST', '/qod/v0/sessions', session(), bearer(own)).body;
    send('GET', `/qod/v0/sessions/${sessionId}`, undefined, mock);
    send('GET', `/qod/v0/sessions/${sessionId}`, undefined, bearer('a-token-that-nobody-issued'));
    profile(form('/token', { grant_type: 'client_credentials', client_id: 'client-b', client_secret: 'b-secret-of-client-b', scope: SCOPE }).access_token);
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const asked = { response_type: 'code', client_id: 'client-c', redirect_uri: 'https://app.example/cb', scope: SCOPE, state: 's' };
    const challenge = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    const { location } = send('GET', `/authorize?${new URLSearchParams({ ...asked, ...challenge })}`).headers;
    const code = new URL(location).searchParams.get('code');
    const redeemed = { grant_type: 'authorization_code', client_id: 'client-c', redirect_uri: asked.redirect_uri, code, code_verifier: verifier };
    profile(form('/token', redeemed).access_token);
    form('/token', redeemed);
    const { auth_req_id } = form('/bc-authorize', { scope: SCOPE, login_hint: 'tel:+34600000001' }, BASIC);
    form('/token', { grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id }, BASIC);
    clock.advance('4s');
    profile(form('/token', { grant_type: 'urn:openid:params:grant-type:ciba', auth_req_id }, BASIC).access_token);
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const user = form('/token', { grant_type, assertion: jwt({ iss: 'client-d', sub: 'tel:+34600000001' }), scope: SCOPE }).access_token;
    send('POST', '/qod/v0/sessions', session({ device: { phoneNumber: '+34600000002' } }), bearer(user));
    form('/token', { grant_type, assertion: 'not.a.token-at-all' });
    clock.advance('2h');
    send('DELETE', `/qod/v0/sessions/${sessionId}`, undefined, bearer(own));
  });

const FAILING = { auth: 'off', conflictPolicy: 'strict', delivery: { attempts: 3, backoff: '500ms' }, operator: { retentionSeconds: 600 } };

/** What the function of the page got. */
export const heard = [];

/** Receivers that fail, functions of the page, other settings, devices, and deliveries by hand. */
export const webhooks = () =>
  record(FAILING, async ({ send, receive, network, configure, devices, redeliver, clock, notifications }) => {
    const create = (number, url) =>
      send('POST', '/qod/v0/sessions', other(`+3460000001${number}`, { webhook: { notificationUrl: url, notificationAuthToken: TOKEN } })).body.sessionId;
    const tick = () => new Promise(setImmediate);
    receive('https://app.example', { failFirst: 2, failWith: 500, requireToken: TOKEN });
    const undo = receive('https://slow.example/hook', 'timeout');
    let calls = 0;
    receive('https://page.example/hook', async (request) => {
      heard.push(await request.text());
      calls++;
      if (calls === 1) throw new Error('not yet');
      return new Response(null, { status: 202 });
    });
    devices.add({ phoneNumber: '+34600000010', networkAccessIdentifier: "o'brien@operator.example" });
    const first = create(0, HOOK);
    create(1, 'https://slow.example/hook');
    create(2, 'https://page.example/hook');
    await clock.advanceAsync('20s');
    await tick();
    undo();
    network.terminate(first);
    configure({ operator: { grant: 'synchronous' }, delivery: { copies: 2 } });
    create(3, 'https://nobody.example/');
    await tick();
    redeliver(notifications()[0].id);
    await clock.advanceAsync('1m');
    await tick();
  });

/** Scenarios and faults: what fails, comes late, or is not as asked for. */
export const troubles = () =>
  record({ scenario: 'granted-after-60s', limits: { traffic: 100 } }, async ({ send, faults, use, clock }) => {
    const mock = { authorization: 'Bearer mock_sandbox_access_token' };
    const create = (number, headers) => send('POST', '/qod/v0/sessions', other(`+3460000002${number}`), { ...mock, ...headers }).body.sessionId;
    const get = (id) => send('GET', `/qod/v0/sessions/${id}`, undefined, mock);
    const first = create(1);
    faults.add({ networkError: true, operation: 'getSession', times: 1 });
    get(first);
    faults.clear();
    const slow = faults.add({ latency: '5s' });
    get(first);
    clock.advance('7s');
    faults.remove(slow);
    create(2, { 'x-qod-scenario': 'refused-at-once' });
    use({ grant: '1s', terminate: '3s' });
    create(3);
    use('granted-at-once');
    faults.add({ status: 503, rate: 0.5 });
    create(4);
    for (let n = 0; n < 4; n++) get(first);
    clock.advance('2m');
  });

const OPERATOR = {
  auth: 'off',
  dialect: 'telefonica',
  operator: { identifiers: ['phoneNumber', 'ipv6Address'], registry: 'closed', rateLimit: { requests: 5, per: '1m' }, retentionSeconds: 400, grant: 'synchronous' },
  delivery: { attempts: 2, backoff: 'PT2S', timeout: { seconds: 3 }, delay: 100, copies: 2, reorder: true },
  limits: { bodyBytes: 2000 },
  profiles: [{ name: 'QOS_E', status: 'ACTIVE', description: 'it\'s "mine"', maxDuration: { value: 1, unit: 'Hours' } }],
};

/** Another operator, which then becomes more like the others. */
export const operator = () =>
  record(OPERATOR, async ({ send, receive, configure, use, devices, clock }) => {
    receive(HOOK, { failFirst: 1, failWith: 'timeout' });
    receive('*', 410);
    const id = devices.add({ phoneNumber: '+34600000031', ipv6Address: '2001:db8::31', unsupported: true });
    devices.add({ phoneNumber: '+34600000032' });
    send('POST', '/qod/v0/sessions', other('+34600000031'));
    send('POST', '/qod/v0/sessions', other('+34600000032'));
    send('GET', '/qod/v0/qos-profiles');
    devices.remove(id);
    clock.advance('1m');
    configure({ operator: { grant: 'asynchronous', registry: 'open', rateLimit: null }, conflictPolicy: 'strict' });
    configure({ delivery: { reorder: false }, dialect: 'camara', auth: 'required' });
    use('terminated-after-10s');
    send('POST', '/qod/v0/sessions', other('+34600000033'), { authorization: 'Bearer mock_sandbox_access_token' });
    send('POST', '/qod/v0/sessions', 'x'.repeat(3000));
    clock.advance('5m');
  });

const evil = '\'"`touch pwned`$(touch pwned);\n#{a,b}[1-2]%0a\\ %%{init}%% \u202e|&<>*!~';

/** What a shell, a URL or a diagram may stumble over. */
export async function nasty() {
  const run = await record({ auth: 'off' }, async ({ send }) => {
    send('POST', '/qod/v0/sessions', session({ note: evil }));
    send('POST', '/qod/v0/sessions', evil, { 'content-type': 'text/plain', 'x-evil': evil.replace(/[^ -~]/g, '') });
    send('POST', '/qod/v0/sessions', `{"a": "${'long '.repeat(40_000)}"}`, { 'content-type': '' });
    send('GET', `/qod/v0/sessions/${encodeURIComponent(evil)}?$(touch pwned)=\`touch pwned\`&'=;&{a,b}[1-2]#fragment`);
    send('HEAD', '/qod/v0/qos-profiles', undefined, { 'x-empty': '', 'content-length': '7' });
    send('GET', 'https://other.example/deep/er/qod/v0/../v0/qos-profiles');
    send('GET', '//other.example/nowhere');
    send('PURGE', '/qod/v0/sessions', '@/etc/passwd', { 'content-type': 'application/json' });
    send('POST', '/qod/v0/sessions', '{"__proto__": {"x": 1}, "constructor": "${x}", "big": 12345678901234567890, "big": 1.0}');
  });
  const others = [{ addFault: { networkError: true, operation: `createSession; ${evil}` } }, { use: { grant: evil } }, { somethingNew: evil }];
  return { ...run, inputs: run.inputs.concat(others.map((input) => ({ at: run.endAt, ...input }))) };
}
