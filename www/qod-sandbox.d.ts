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
  /** The same as an async iterator. It keeps the last 1,000 unread, and ends with `dispose()`. */
  readonly stream: <T extends keyof SandboxEvents>(type: T) => AsyncIterableIterator<SandboxEvents[T]>;
  /** All sessions in the order of their creation; released ones stay, with `releasedAt` (the last 10,000). */
  readonly sessions: () => SessionView[];
  /** The last 10,000 notifications, oldest first. */
  readonly notifications: () => NotificationRecord[];
  /** The last 10,000 requests and answers, oldest first, refusals with their explanations. */
  readonly traffic: () => Exchange[];
  /** Changes options while it runs. */
  readonly configure: (changes: Omit<SandboxOptions, 'seed' | 'clock' | 'startAt'>) => void;
  readonly clock: Clock;
  readonly network: Network;
  readonly devices: Devices;
  /** Back to the start, with the same options and seed: sessions and records go, listeners stay. */
  readonly reset: () => void;
  /** Releases everything. Streams end, listeners go, and every other call throws from then on. */
  readonly dispose: () => void;
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
  /** The same, with a task for others before each deadline and at the end. */
  advanceAsync(by: Duration): Promise<Fired[]>;
  /** Sets the clock forward to a moment; throws where that lies in the past. */
  advanceTo(when: Moment): Fired[];
  /** Sets the clock forward to the next deadline. */
  next(): Fired[];
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
   * `Device`, or where an identifier belongs to another one.
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
  /** A listener of `topic` threw, or (`'sandbox'`) the sandbox itself stopped and must be created anew. */
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
}

export interface ClockState {
  /** RFC 3339 with milliseconds. */
  now: string;
  clock: 'real' | 'manual';
  paused: boolean;
  speed: number;
  next?: { at: string; kind: Fired['kind']; sessionId: string };
}

/** A deadline that was met, at the time at which it was due. */
export interface Fired {
  at: string;
  kind: 'granted' | 'refused' | 'terminated' | 'expired' | 'released';
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
  event: CloudEvent;
  /** Attempts, oldest first; none for a session without a webhook. */
  deliveries: Delivery[];
}

export interface Delivery {
  at: string;
  url: string;
  outcome: 'pending' | 'delivered' | 'refused' | 'failed' | 'timeout' | 'no-receiver';
  status?: number;
  attempt: number;
  reason?: string;
}

export interface Exchange {
  id: number;
  at: string;
  request: HttpRecord & { method: string; url: string };
  response: HttpRecord & { status: number };
  /** Why it was refused: every breach, in order. Of a request that was accepted, what was ignored in it. */
  explanations: Explanation[];
}

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
}
