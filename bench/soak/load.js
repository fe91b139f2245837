// In a page of the soak: sessions come at a steady pace of the sandbox's time and live through what sessions live
// through. All that happens is noted, for whoever asks next: nothing is kept here.

const SESSIONS = '/qod/v0/sessions';
const HEADERS = { authorization: 'Bearer mock_sandbox_access_token', 'content-type': 'application/json' };

/** One session in so many milliseconds. */
const EVERY = 10_000;
/** How far a manual clock is set forward at once. */
const STEP = 60_000;

/** How sessions live, in turn; the others expire, after one minute to an hour. */
const LIVES = { 2: { life: 'terminated', scenario: 'terminated-after-10s' }, 4: { life: 'extended' }, 6: { life: 'refused', scenario: 'refused-after-2s' }, 8: { life: 'deleted' } };
/** One in so many lives for 22 hours. */
const LONG = 101;

export class Load {
  #sandbox;
  #notes = [];
  /** Sessions whose creation was not told of yet, and those with which something is to be done when they are granted. */
  #fresh = new Map();
  #wishes = new Map();
  /** Notifications that the receiver has refused once. */
  #refused = new Set();
  #made = 0;
  #next;

  /** `refuse`: there is a receiver of its own, which takes a notification when it comes for the second time. */
  constructor(sandbox, { refuse = false } = {}) {
    this.#sandbox = sandbox;
    this.#next = sandbox.clock.now();
    sandbox.on('session', (session) => this.#created(session));
    sandbox.on('notification', (notification) => this.#notified(notification));
    sandbox.on('delivery', ({ notificationId, at, attempt, outcome }) => outcome !== 'pending' && this.#note('delivery', notificationId, Date.parse(at), attempt, outcome));
    for (const topic of ['error', 'clock']) sandbox.on(topic, (told) => (topic === 'error' || told.paused) && this.#note('trouble', `${topic}: ${told.error ?? told.paused}`));
    if (refuse) sandbox.receive('*', (request) => this.#receive(request));
  }

  /** What was noted since. */
  take() {
    return JSON.stringify(this.#notes.splice(0));
  }

  /** Creates on a clock that runs, until its time. */
  follow(until) {
    const timer = setInterval(() => {
      const now = this.#sandbox.clock.now();
      this.#create(Math.min(now, until));
      if (now >= until) clearInterval(timer);
    }, 100);
  }

  /** Sets a manual clock forward, so many times as fast as the wall at the most: creates until its time, and goes on to the end. */
  async drive(until, end, speed) {
    const { clock } = this.#sandbox;
    const [start, begun] = [clock.now(), performance.now()];
    for (let now = start; now < end; now = clock.now()) {
      this.#create(Math.min(now, until));
      await clock.advanceAsync(STEP);
      const ahead = (clock.now() - start) / speed - (performance.now() - begun);
      await new Promise((done) => setTimeout(done, Math.max(0, ahead)));
    }
  }

  #note(...what) {
    this.#notes.push(what);
  }

  #create(now) {
    for (; this.#next <= now; this.#next += EVERY) {
      const n = this.#made++;
      const { life = 'expired', scenario } = LIVES[n % 10] ?? {};
      const body = {
        device: { phoneNumber: `+1202${String(n % 10_000_000).padStart(7, '0')}` },
        applicationServer: { ipv4Address: '198.51.100.10' },
        qosProfile: 'QOS_E',
        duration: n % LONG === 0 ? 79_200 : life === 'expired' ? 60 + ((n * 7_919) % 3_540) : 3_600,
        webhook: { notificationUrl: 'https://app.example/hook', notificationAuthToken: 'c8974e592c2fa383d4a3960714' },
      };
      const headers = scenario ? { ...HEADERS, 'x-qod-scenario': scenario } : HEADERS;
      const { status, body: answer } = this.#sandbox.handle({ method: 'POST', url: SESSIONS, headers, body: JSON.stringify(body) });
      if (status !== 201) throw new Error(`session ${n}: ${status} ${answer}`);
      const { sessionId, expiresAt } = JSON.parse(answer);
      this.#fresh.set(sessionId, [life, expiresAt]);
      if (life === 'extended' || life === 'deleted') this.#wishes.set(sessionId, life);
    }
  }

  #created({ sessionId, history }) {
    const fresh = this.#fresh.get(sessionId);
    if (!fresh) return;
    this.#fresh.delete(sessionId);
    this.#note('created', sessionId, Date.parse(history[0].at), ...fresh);
  }

  #notified({ id, at, sessionId, event }) {
    this.#note('notification', id, Date.parse(at), sessionId, event.id, Date.parse(event.time), event.data.statusInfo ?? event.data.qosStatus);
    const wish = this.#wishes.get(sessionId);
    if (!wish) return;
    this.#wishes.delete(sessionId);
    const url = `${SESSIONS}/${sessionId}`;
    const { handle, clock } = this.#sandbox;
    if (wish === 'deleted') {
      const from = clock.now();
      const { status } = handle({ method: 'DELETE', url, headers: HEADERS });
      // It may have expired while this page was busy.
      if (status === 204) this.#note('deleted', sessionId, from, clock.now());
    } else {
      const { status, body } = handle({ method: 'POST', url: `${url}/extend`, headers: HEADERS, body: '{"requestedAdditionalDuration":600}' });
      if (status === 200) this.#note('extended', sessionId, JSON.parse(body).expiresAt);
    }
  }

  async #receive(request) {
    const { id } = await request.json();
    this.#note('received', id);
    const again = this.#refused.delete(id);
    if (!again) this.#refused.add(id);
    return new Response(null, { status: again ? 204 : 503 });
  }
}
