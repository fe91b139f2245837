/** Starts a sandbox: a Quality-on-Demand backend (CAMARA QoD v0.10.1) of its own, with its own clock. */
export function createSandbox(options?: SandboxOptions): Promise<Sandbox>;

export interface SandboxOptions {
  /**
   * All identifiers and all chance come from it: same seed and same calls at the same times, same bytes.
   * A whole number from 0 to 2^53 − 1.
   * @default a random one
   */
  seed?: number;
  /**
   * `'real'`: time passes as on the wall, times `speed`. `'manual'`: it stands still until `clock.advance()`.
   * @default 'real'
   */
  clock?: 'real' | 'manual';
  /**
   * How many times faster than the wall a real clock runs: a whole number from 1 to 86,400.
   * @default 1
   */
  speed?: number;
  /**
   * The sandbox's time at the start, in the years 1970 to 9999.
   * @default now
   */
  startAt?: Moment;
  /**
   * `'required'`: requests need `Authorization: Bearer mock_sandbox_access_token`, or a token from `{apiRoot}/token`.
   * `'off'`: no token is looked at.
   * @default 'required'
   */
  auth?: 'required' | 'off';
  /**
   * `'camara'`: CAMARA QoD v0.10.1. `'telefonica'`: the edition of the Telefónica Open Gateway portal, with its codes,
   * its four profiles by name, its scope, and its mock rule: a device identifier that ends in 9 is a conflict.
   * @default 'camara'
   */
  dialect?: 'camara' | 'telefonica';
  /**
   * Which sessions of a device are in each other's way: those with overlapping flows, or (`'strict'`) all.
   * @default 'flow'
   */
  conflictPolicy?: 'flow' | 'strict';
  /** How this operator differs from others. `configure` changes the members that are given. */
  operator?: OperatorOptions;
  /**
   * The profiles on offer, at least one; they take the place of the catalogue. What is wrong with one is an error that
   * names it.
   * @default QOS_E, QOS_S, QOS_M, QOS_L, BURST_UPLOAD; DRONE_CONTROL (INACTIVE), VOICE_CLASSIC (DEPRECATED)
   */
  profiles?: QosProfile[];
  /**
   * How webhooks are delivered. A text is short for `{ to }`; `configure` changes the members that are given.
   * @default 'receivers'
   */
  delivery?: DeliveryOptions['to'] | DeliveryOptions;
  /**
   * What becomes of requests that choose no scenario themselves: a name of `scenarios()`, or one of your own. It goes before
   * `operator.grant`.
   * @default what `operator.grant` says, which is `'granted-after-2s'` unless it is changed
   */
  scenario?: ScenarioName | Scenario;
  /** How much is kept; older records go. */
  limits?: Limits;
  /**
   * Keeps the sandbox over reloads and crashes, under that key in IndexedDB or in the storage that is handed in, some 200 ms
   * after each change, and as the page goes (then in local storage as well, up to 1,000,000 characters, until IndexedDB has
   * it). What is kept goes before the other options; time that passed meanwhile is caught up. One page at a
   * time has a key: another shows what is kept, says so by an `'error'` of the topic `'persist'`, and keeps nothing until
   * it gets it. The same tells, once, that storage is denied or full: the sandbox goes on without, and what changes next is
   * tried again. What is kept but cannot be restored (damaged, of another version, too large for the memory that there is)
   * is told, and set aside under the key with `:unreadable` after it. Where there are no Web Locks (Node before 24, pages
   * over plain http) nobody takes turns: who writes last wins. Not changed by `configure`.
   * @default false
   */
  persist?: string | { key: string; storage: PersistStorage } | false;
  /**
   * The name of a `BroadcastChannel` that sessions, notifications and deliveries are told to, for other pages and
   * workers of the same origin: `{ source: 'qod-sandbox', type, detail }`. Not changed by `configure`.
   * @default false, none
   */
  broadcast?: string | false;
  /**
   * The compiled backend, where it cannot be found beside the module, as after a bundler that leaves it behind: its address
   * (relative to the page; in Node a path, too), a `Response`, its bytes, or a module. It is that of `qod-sandbox/headless.wasm`;
   * for `qod-sandbox/element`, of `qod-sandbox/console.wasm`. It is loaded once: what the first call gives counts, and later
   * ones use what is there. Not changed by `configure`.
   * @default the file of the package
   */
  wasm?: WasmSource | PromiseLike<WasmSource>;
}

/** WebAssembly, or where it is. */
export type WasmSource = string | URL | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module;

/** Texts by key. */
export interface PersistStorage {
  get(key: string): Promise<string | undefined | null>;
  set(key: string, text: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

export interface Limits {
  /** Requests with their answers. @default 10000 */
  traffic?: number;
  /** @default 10000 */
  notifications?: number;
  /** Sessions that are gone; live ones all stay. @default 10000 */
  releasedSessions?: number;
  /** Bytes of a request's body; more are 413. @default 1048576 */
  bodyBytes?: number;
}

/** The scenarios of the catalogue; `scenarios()` describes them, with the test values that stand for each. */
export type ScenarioName =
  | 'granted-after-2s'
  | 'granted-at-once'
  | 'granted-after-60s'
  | 'never-granted'
  | 'refused-after-2s'
  | 'refused-at-once'
  | 'terminated-after-10s'
  | 'terminated-halfway'
  | 'device-unknown'
  | 'device-inconsistent'
  | 'not-implemented'
  | 'conflict'
  | 'unauthenticated'
  | 'permission-denied'
  | 'too-many-requests'
  | 'internal-error'
  | 'unavailable'
  | 'slow-answer'
  | 'webhook-fails-twice'
  | 'notification-duplicated'
  | 'notification-late'
  | 'notification-out-of-order';

/** What becomes of a session. */
export interface Scenario {
  /** What the traffic calls it. @default 'custom' */
  name?: string;
  /** When the network grants it. @default '2s', unless it refuses */
  grant?: 'at-once' | 'never' | Duration;
  /** When the network refuses it. */
  refuse?: 'at-once' | Duration;
  /** How long after granting the network takes it back, or after what share of its duration, from 0 to 1. */
  terminate?: Duration | { share: number };
  /** In the place of what `delivery` says. */
  notification?: { delay?: Duration; copies?: number; reorder?: boolean };
  /** Its webhook fails each notification so many times, then its receiver gets it; at least one attempt more is made. */
  receiver?: { failFirst: number; /** @default 503 */ status?: number };
}

export interface ScenarioRecord {
  name: ScenarioName;
  description: string;
  /** A request about a device that has one of these follows the scenario; of several, the first in this order. */
  testValues: { phoneNumber: string; networkAccessIdentifier: string; ipv4Address: string; ipv6Address: string };
}

export type OperationId = 'createSession' | 'getSession' | 'deleteSession' | 'extendQosSessionDuration' | 'getQosProfiles' | 'getQosProfile';

/** What goes wrong with requests. */
export interface Fault {
  /** With those of this operation. @default all */
  operation?: OperationId;
  /** What is answered, 400 to 599. Nothing is done. */
  status?: number;
  /** @default the code that belongs to the status */
  code?: string;
  /** The connection fails: nothing is done, `fetch` rejects with a `TypeError`, and `handle` throws one. */
  networkError?: boolean;
  /** How much later the answer comes, on the sandbox's clock. What the request does, it does at once. */
  latency?: Duration | { min: Duration; max: Duration };
  /** More requests than that in so much time are answered with 429 and `Retry-After`. Not beside `status` or `networkError`. */
  rateLimit?: { requests: number; per: Duration };
  /** With how many of the requests, from 0 to 1; chance comes from the seed. @default 1 */
  rate?: number;
  /** With how many requests, then it is over. @default all */
  times?: number;
}

/** A fault that is on; durations in milliseconds, `times` for how many more requests. */
export interface FaultRecord extends Omit<Fault, 'latency' | 'rateLimit'> {
  id: string;
  latency?: { min: number; max: number };
  rateLimit?: { requests: number; per: number };
}

/** Faults of the API on demand; of several, the first that is met decides, and latencies add up. */
export interface Faults {
  /** Switches a fault on: its id. */
  add(fault: Fault): string;
  list(): FaultRecord[];
  /** Throws where it is not on. */
  remove(id: string): void;
  clear(): void;
}

/** How webhooks are delivered, all of it on the sandbox's clock. The specification leaves it open. */
export interface DeliveryOptions {
  /**
   * Who gets what none of `receive` is there for. `'receivers'`: nobody, and nothing leaves the page. `'network'`: a real
   * POST to the URL, without credentials or referrer, redirects not followed; over https, or http to this machine.
   * @default 'receivers'
   */
  to?: 'receivers' | 'network';
  /**
   * How often a delivery is tried until a receiver takes it (2xx), or gives it up (410): 1 to 100.
   * @default 1
   */
  attempts?: number;
  /**
   * The wait after the first attempt; it doubles with each, up to an hour.
   * @default '1s'
   */
  backoff?: Duration;
  /**
   * How long a receiver may take to answer. On a clock that runs 3,600 times faster than the wall, 10 s are 3 ms.
   * @default '10s'
   */
  timeout?: Duration;
  /**
   * How long after the event a notification is sent.
   * @default 0
   */
  delay?: Duration;
  /**
   * How often each notification is sent, with the same id, whatever becomes of it: 1 to 10.
   * @default 1
   */
  copies?: number;
  /**
   * AVAILABLE waits until the UNAVAILABLE of the same session was sent, and comes 1 s after it.
   * @default false
   */
  reorder?: boolean;
}

export interface OperatorOptions {
  /**
   * The identifiers by which it can find a device. A request needs one of these; others in it are not looked at.
   * @default all four
   */
  identifiers?: (keyof Device)[];
  /**
   * `'closed'`: only devices of the registry are served, others are 400 "Unable to identify device".
   * @default 'open'
   */
  registry?: 'open' | 'closed';
  /**
   * `'asynchronous'`: 201 with REQUESTED, AVAILABLE 2 s later. `'synchronous'`: 201 with AVAILABLE.
   * @default 'asynchronous'
   */
  grant?: 'asynchronous' | 'synchronous';
  /**
   * How long a session that the network refused or terminated is kept for clients that poll, in seconds: 360 or more.
   * @default 360
   */
  retentionSeconds?: number;
  /**
   * How many requests of a client are answered in a stretch of time, which begins with its first; more are 429 with
   * `Retry-After`.
   * @default null, no limit
   */
  rateLimit?: { requests: number; per: Duration } | null;
}

/** Milliseconds, `'2s'` (ms, s, m, h, d), ISO 8601 `'PT1H'` (weeks to seconds), or `{ hours: 1 }`. Not negative. */
export type Duration =
  | number
  | string
  | { weeks?: number; days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number };

/** A `Date`, an ISO 8601 text, or milliseconds since the Unix epoch. */
export type Moment = Date | string | number;

export interface Sandbox {
  /**
   * Answers as the platform's `fetch`; hand it to any client that takes one. Bound: `const { fetch } = sandbox`.
   * Relative URLs are resolved against `https://sandbox.example`; any origin and prefix before `/qod/v0` is fine.
   * What the request causes is told in a later task. `…/qod/v0/openapi.json` is an OpenAPI 3.0 document of the API,
   * loaded when it is asked for.
   */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /** The same with plain values, at once. What the request causes is told in a microtask. */
  readonly handle: (request: PlainRequest) => PlainResponse;
  /** Calls a listener with whatever happens; returns its own undo. What a listener throws is told as `'error'`. */
  readonly on: <T extends keyof SandboxEvents>(type: T, listener: (detail: SandboxEvents[T]) => void) => () => void;
  /** The same as an async iterator. It keeps the last 1,000 unread, and ends with the sandbox. */
  readonly stream: <T extends keyof SandboxEvents>(type: T) => AsyncIterableIterator<SandboxEvents[T]>;
  /** All sessions in the order of their creation; released ones stay, with `releasedAt` (the last 10,000). */
  readonly sessions: () => SessionView[];
  /** The last 10,000 notifications, oldest first, with each attempt to deliver them. */
  readonly notifications: () => NotificationRecord[];
  /** The last 10,000 requests and answers, oldest first, refusals with their explanations. */
  readonly traffic: () => Exchange[];
  /** How many older records of each kind are gone, because of `limits`. */
  readonly dropped: () => { traffic: number; notifications: number; sessions: number };
  /**
   * What a client that polls and one with a webhook have been able to see of a session, from moment to moment, and where
   * the two differ. Throws where there is no such session, or no longer.
   */
  readonly perspectives: (sessionId: string) => Perspective[];
  /**
   * A receiver of webhooks in the page; returns its own undo. `url`: one URL (as in `notificationUrl`), an origin for all
   * of its URLs, a `URLPattern`, or `'*'` for all. What is exact goes before an origin, that before a pattern, and that
   * before `'*'`; of equals, the last.
   *
   * `handler`: a function from `Request` to `Response`, as a server has them. What it throws, or returns instead of a
   * `Response`, is a failed delivery; one that takes too long times out, and finds its `request.signal` aborted. Or a set
   * answer, which the backend gives by itself, at once and always in the same way. There may be 1,000 at a time.
   */
  readonly receive: (url: string | URL | URLPatternLike, handler: Receiver) => () => void;
  /**
   * Answers the page's own `fetch` and `XMLHttpRequest`, so that code which takes no `fetch` stays as it is; whatever is not
   * for it passes through untouched. Returns its own undo, which puts back the originals; `dispose()` does so, too. Of
   * several interceptions that would take a request, the last one answers. It is in a module of its own:
   * `import 'qod-sandbox/intercept'` first, or it throws.
   *
   * Latency runs on the sandbox's clock, the `timeout` of an `XMLHttpRequest` on the wall's. Redirects of `/authorize` are
   * followed as the platform does it. Requests of other frames, workers, `sendBeacon` and elements are not seen.
   */
  readonly intercept: (options?: InterceptOptions) => () => void;
  /** Makes one more attempt to deliver a recorded notification. Throws where there is none, or no webhook. */
  readonly redeliver: (notificationId: string) => void;
  /** The catalogue of scenarios. The header `x-qod-scenario` chooses one for a single request. */
  readonly scenarios: () => ScenarioRecord[];
  /** The same as `configure({ scenario })`. */
  readonly use: (scenario: ScenarioName | Scenario) => void;
  /** Changes options while it runs. */
  readonly configure: (changes: Omit<SandboxOptions, 'seed' | 'clock' | 'startAt' | 'persist' | 'broadcast' | 'wasm'>) => void;
  readonly clock: Clock;
  readonly network: Network;
  readonly devices: Devices;
  readonly faults: Faults;
  /** Back to the start, with the same options and seed: sessions and records go, listeners and receivers stay. */
  readonly reset: () => void;
  /**
   * All that the sandbox is, as a text: keep it where its secrets may be. It is of a version: another version of the sandbox
   * may not read it.
   */
  readonly snapshot: () => string;
  /**
   * Becomes what a snapshot is of. Listeners and receivers stay, and so does what the clock is; where there are no receivers,
   * those of the snapshot with a set answer come. What is still under way is dropped; real POSTs are not switched on. Throws,
   * and changes nothing, where it is none, damaged, or of another version.
   */
  readonly restore: (snapshot: string) => void;
  /**
   * The run, as far back as it is kept (the last 10,000 inputs and some). `'json'` can be played again: stand-ins are in the
   * place of its secrets. In the others they are masked: `'har'` (HAR 1.2), `'ndjson'` (CloudEvents), `'curl'` (a script),
   * `'mermaid'` (a sequence diagram), `'vitest'` and `'rust'` (a test).
   */
  readonly exportRun: (format?: RunFormat) => Promise<string>;
  /**
   * Plays a run of `exportRun('json')`, or of a link, in the place of what the sandbox holds. Listeners stay, and are silent
   * meanwhile; no receiver is asked; real POSTs are off afterwards, whatever the run says and whatever was before. Says
   * whether the same came of it. Throws, and changes nothing, where it cannot be played, or has more than 100,000 inputs.
   */
  readonly replay: (run: string | object | URL) => Promise<Replay>;
  /**
   * A link to `base` with settings and inputs in its fragment, which browsers send to no server; stand-ins are in the place
   * of secrets. Throws where it would be longer than 8,192 characters.
   * @default the page's address; where there is no page, `base` must be given
   */
  readonly shareUrl: (base?: string | URL) => Promise<string>;
  /** Releases everything. Streams end, listeners go, and every other call throws from then on. */
  readonly dispose: () => void;
}

export interface InterceptOptions {
  /**
   * What is answered. An API root such as `'https://api.example.com/gateway'` stands for `/qod/v0/…`, `/token`,
   * `/bc-authorize`, `/authorize` and `/.well-known/openid-configuration` right below it; it may be relative to the page,
   * and end in `/qod/v0`. A `URLPattern`, a `RegExp`, or whatever else has a `test(url)`, is asked about the whole URL.
   * Throws a `TypeError` for anything else, and for an empty array.
   * @default URLs of any origin with `/qod/v0/` in their path; and those that end in one of the other four, unless they are
   * of the page's own origin
   */
  urls?: UrlChoice | UrlChoice[];
}

export type UrlChoice = string | URL | { test(url: string): boolean };

/** What gets a webhook: a function, a status from 200 to 599, `'timeout'` for never, or a set answer with conditions. */
export type Receiver = ((request: Request) => Response | Promise<Response>) | number | 'timeout' | SetAnswer;

export interface SetAnswer {
  /** 200 to 599, or `'timeout'`. @default 204 */
  status?: number | 'timeout';
  /** How many deliveries it fails first. @default 0 */
  failFirst?: number;
  /** In what way it fails them. @default 503 */
  failWith?: number | 'timeout';
  /** The bearer token that it wants to see: a delivery without it is answered with 401. @default none */
  requireToken?: string;
}

/** A `URLPattern`, of the platform or of a polyfill. */
export interface URLPatternLike {
  test(url: string): boolean;
  readonly pathname: string;
}

export type RunFormat = 'json' | 'har' | 'ndjson' | 'curl' | 'mermaid' | 'vitest' | 'rust';

/** How a replay went. */
export interface Replay {
  requests: number;
  notifications: number;
  /** The first answer or notification that is not as the run says. */
  firstDifference?: { input?: number; notification?: number; expected?: unknown; got?: unknown };
}

/** The sandbox's own clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** How it stands, and what happens next by itself. */
  state(): ClockState;
  pause(): void;
  /** Lets a real clock run on. A manual one moves by `advance` only: throws. */
  resume(): void;
  /** A whole number from 1 to 86,400. */
  setSpeed(factor: number): void;
  /** Sets the clock forward. Listeners hear of everything before it returns what fired (`[]` if nothing). */
  advance(by: Duration): Fired[];
  /**
   * The same, with tasks for others before each deadline and at the end, and in the middle of thousands at one moment:
   * receivers that can answer have answered, and retries fall into their place. One that does not answer within some 30 tasks is not waited for any longer.
   */
  advanceAsync(by: Duration): Promise<Fired[]>;
  /** Sets the clock forward to a moment; throws where that lies in the past. */
  advanceTo(when: Moment): Fired[];
  /** Sets the clock forward to the next deadline. */
  next(): Fired[];
  /**
   * Sets the clock back to an earlier moment, from `state().horizon` on, and pauses it: everything is as it was then, chance
   * too, and goes on from there in a branch of its own (records reach back by 2,500 at the least). Listeners and receivers stay; what is still under way is dropped.
   * Throws where the moment lies ahead, or before the horizon.
   */
  rewindTo(when: Moment): void;
  /** Back to the end of the branch that `rewindTo` left. Throws where there is none. */
  returnToPresent(): void;
}

/** What the operator's network does to a session, now. Throws, and changes nothing, where its state forbids it. */
export interface Network {
  /** Grants a REQUESTED session: AVAILABLE. */
  grant(sessionId: string): void;
  /** Refuses a REQUESTED session: UNAVAILABLE, released 360 s later. */
  refuse(sessionId: string): void;
  /** Takes back an AVAILABLE session: UNAVAILABLE, released 360 s later. */
  terminate(sessionId: string): void;
}

/** The devices that the operator knows: identifiers of one belong together. */
export interface Devices {
  /**
   * Adds a device with all its identifiers: its id. One that is `unsupported` is refused with 501. Throws where it is no
   * `Device`, where an identifier belongs to another one, or where there are 10,000 already.
   */
  add(device: Device & { unsupported?: boolean }): string;
  /** At the start three: two with every kind of identifier, and one that is unsupported. */
  list(): KnownDevice[];
  /** Throws where there is none of that id. */
  remove(id: string): void;
}

export type KnownDevice = Device & { id: string; unsupported: boolean };

export interface SandboxEvents {
  request: Exchange;
  session: SessionView;
  notification: NotificationRecord;
  delivery: Delivery & { notificationId: string; sessionId: string };
  clock: ClockState;
  /**
   * A listener of `topic` threw, or (`'sandbox'`) the sandbox itself stopped, by a fault of its own or out of memory, and
   * must be created anew, or (`'persist'`) it cannot be kept.
   */
  error: { error: unknown; topic: string };
}

export interface PlainRequest {
  /** @default 'GET' */
  method?: string;
  url: string | URL;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface PlainResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Absent when empty. */
  body?: string;
  /** How much later it comes where answers take their time; `handle` does not wait for it. */
  delayMs?: number;
}

export interface ClockState {
  /** RFC 3339 with milliseconds. */
  now: string;
  clock: 'real' | 'manual';
  /** `'jump'`: more than a day went by at once, because the device slept or its clock was set. `resume()` goes on from here. */
  paused: boolean | 'jump';
  /** How much time was missed by a jump: `advance(missedMs)` makes up for it. */
  missedMs?: number;
  speed: number;
  /** The oldest moment to which time can be set back. */
  horizon: string;
  /** The moment at which the branch ends to which `returnToPresent()` goes, if time was set back. */
  present?: string;
  /** In an event: how much later than due something happened on the wall, in a page that was hidden or asleep. */
  lateMs?: number;
  /** `'answer'`: an answer that takes its time. */
  next?: { at: string; kind: Fired['kind'] | 'answer'; sessionId?: string };
}

/** A deadline that was met, at the time at which it was due. */
export interface Fired {
  at: string;
  /** `'delivery'`: a notification was sent late, or once more. `'timeout'`: a receiver had taken too long. */
  kind: 'granted' | 'refused' | 'terminated' | 'expired' | 'released' | 'delivery' | 'timeout';
  sessionId: string;
  notificationId?: string;
}

export type QosStatus = 'REQUESTED' | 'AVAILABLE' | 'UNAVAILABLE';
export type StatusInfo = 'DURATION_EXPIRED' | 'NETWORK_TERMINATED' | 'DELETE_REQUESTED';
export type Cause = 'created' | 'granted' | 'refused' | 'terminated' | 'extended' | 'expired' | 'deleted' | 'released';

/** `SessionInfo` of the specification. */
export interface SessionInfo {
  sessionId: string;
  qosStatus: QosStatus;
  /** Epoch seconds. */
  startedAt: number;
  /** Epoch seconds. */
  expiresAt: number;
  /** Seconds. */
  duration: number;
  device: Device;
  applicationServer: ApplicationServer;
  devicePorts?: PortsSpec;
  applicationServerPorts?: PortsSpec;
  qosProfile: string;
  webhook?: Webhook;
  messages?: { severity: 'INFO' | 'WARNING'; description: string }[];
}

/** `CreateSession` of the specification. */
export interface CreateSession {
  device: Device;
  applicationServer: ApplicationServer;
  devicePorts?: PortsSpec;
  applicationServerPorts?: PortsSpec;
  qosProfile: string;
  webhook?: Webhook;
  /** Seconds, 1 to 86,400. @default 86400 */
  duration?: number;
}

/** `QosProfile` of the specification. */
export interface QosProfile {
  /** 3 to 256 letters, digits, `_`, `.` and `-`. */
  name: string;
  description?: string;
  status: 'ACTIVE' | 'INACTIVE' | 'DEPRECATED';
  targetMinUpstreamRate?: Rate;
  maxUpstreamRate?: Rate;
  maxUpstreamBurstRate?: Rate;
  targetMinDownstreamRate?: Rate;
  maxDownstreamRate?: Rate;
  maxDownstreamBurstRate?: Rate;
  /** The shortest duration of a session; compared exactly, whatever the units. */
  minDuration?: ProfileDuration;
  /** The longest, and the most that an extension leaves a session. */
  maxDuration?: ProfileDuration;
  /** 1 (first) to 100. */
  priority?: number;
  packetDelayBudget?: ProfileDuration;
  jitter?: ProfileDuration;
  /** N of a loss rate of 10^-N, 1 to 10. */
  packetErrorLossRate?: number;
}

export interface Rate {
  /** 0 to 1024. */
  value: number;
  unit: 'bps' | 'kbps' | 'Mbps' | 'Gbps' | 'Tbps';
}

export interface ProfileDuration {
  /** At least 1. */
  value: number;
  unit: 'Days' | 'Hours' | 'Minutes' | 'Seconds' | 'Milliseconds' | 'Microseconds' | 'Nanoseconds';
}

export interface Device {
  phoneNumber?: string;
  networkAccessIdentifier?: string;
  ipv4Address?: { publicAddress: string; privateAddress?: string; publicPort?: number };
  ipv6Address?: string;
}

export interface ApplicationServer {
  ipv4Address?: string;
  ipv6Address?: string;
}

export interface PortsSpec {
  ranges?: { from: number; to: number }[];
  ports?: number[];
}

export interface Webhook {
  notificationUrl: string;
  notificationAuthToken?: string;
}

export interface SessionView extends SessionInfo {
  /** Why it is not available: the API does not tell. */
  statusInfo?: StatusInfo;
  /** When it was released: the API answers 404 from then on. */
  releasedAt?: string;
  history: { at: string; qosStatus: QosStatus; statusInfo?: StatusInfo; cause: Cause }[];
}

/** `EventQosStatusChanged` of the specification. */
export interface CloudEvent {
  id: string;
  source: string;
  specversion: '1.0';
  type: 'org.camaraproject.qod.v0.qos-status-changed';
  time: string;
  datacontenttype: 'application/json';
  data: { sessionId: string; qosStatus: 'AVAILABLE' | 'UNAVAILABLE'; statusInfo?: StatusInfo };
}

export interface NotificationRecord {
  id: string;
  sessionId: string;
  at: string;
  /** What receivers get: the body of the request. */
  event: CloudEvent;
  /** The rest of the request, its token masked; absent for a session without a webhook. */
  request?: HttpRecord & { method: string; url: string };
  /** Attempts, oldest first; none for a session without a webhook. */
  deliveries: Delivery[];
  /** When the next attempt will be made. */
  nextAttemptAt?: string;
  /** It waits for the next notification of its session: see `reorder`. */
  heldBack?: true;
}

/** An attempt to deliver a notification. */
export interface Delivery {
  at: string;
  url: string;
  /** Which one for this notification, from 1. */
  attempt: number;
  /** Why it was made. */
  cause: 'event' | 'retry' | 'copy' | 'redelivery';
  /**
   * `'delivered'`: the receiver answered with a 2xx. `'refused'`: with anything else. `'failed'`: it could not be reached,
   * or failed. `'timeout'`: it did not answer in time. `'no-receiver'`: there is none.
   */
  outcome: 'pending' | 'delivered' | 'refused' | 'failed' | 'timeout' | 'no-receiver';
  /** Of the receiver's answer. */
  status?: number;
  /** How long it took on the sandbox's clock; absent while it is pending. */
  durationMs?: number;
  /** Why it was not delivered. */
  reason?: string;
}

/** One moment of a session's life, as two kinds of client know it. */
export interface Perspective {
  at: string;
  /** What happened then; `'delivered'`: the webhook took a notification. */
  cause: Cause | 'delivered';
  /** What `GET /sessions/{sessionId}` answers from then on. */
  polling: { status: 200; qosStatus: QosStatus } | { status: 404; qosStatus?: undefined };
  /** What the webhook was told last; empty if nothing yet. */
  callback: { notificationId?: string; qosStatus?: QosStatus; statusInfo?: StatusInfo };
  /**
   * `'status-info-unseen'`: who polls sees UNAVAILABLE, and not why. `'not-found'`: who polls gets 404, as for a session
   * that never was. `'not-notified'`: of this change, no one is told. `'not-delivered'`: the webhook has not been told of
   * the last change that notifies. `'not-recorded'`: whether it has is not known any more (see `dropped`). `'out-of-order'`:
   * it was told an older one last. `'duplicate'`: it had been told before.
   */
  differences: ('status-info-unseen' | 'not-found' | 'not-notified' | 'not-delivered' | 'not-recorded' | 'out-of-order' | 'duplicate')[];
}

export interface Exchange {
  id: number;
  at: string;
  request: HttpRecord & { method: string; url: string };
  /** Of status 0 if the connection failed. */
  response: HttpRecord & { status: number };
  /** The scenario that it followed. */
  scenario?: string;
  /** The id of the fault that it ran into. */
  fault?: string;
  /** How much later the answer came. */
  delayMs?: number;
  /** Why it was refused: every breach, in order. Of a request that was accepted, what was ignored in it. */
  explanations: Explanation[];
}

/**
 * A message as the records show it: tokens and other secrets of its header fields, its members and its URLs are masked, also
 * of those in its body. Of a URL that is the password, and what ends in `token`, `secret`, `apikey` and the like; other
 * parts are shown: give receivers their secret as `notificationAuthToken`.
 */
export interface HttpRecord {
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string;
}

export interface Explanation {
  /** RFC 6901, into the request's body; empty for the request as a whole. */
  pointer: string;
  rule: string;
  seen?: unknown;
  /** The section of the specification, of a guideline, or of an RFC. */
  reference: string;
  suggestion?: string;
  /** The suggestion as a JSON Patch (RFC 6902) of the body, where it can be applied. */
  patch?: { op: 'add' | 'remove' | 'replace' | 'move'; from?: string; path: string; value?: unknown }[];
}
