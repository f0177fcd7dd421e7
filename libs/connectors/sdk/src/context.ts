/** `fetch`, as the host lends it: it ends with the call's time limit and refuses private addresses unless allowed. */
export type ConnectorHttp = (url: string | URL, init?: HttpRequest) => Promise<HttpResponse>;

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** `manual` answers a redirection instead of following it. */
  redirect?: 'follow' | 'manual';
}

export interface HttpResponse {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  json(): Promise<unknown>;
}

/** Values of secret settings are taken out of whatever is logged. */
export interface ConnectorLogger {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** What the host gives to every call of a connector. */
export interface ConnectorContext<Settings = Record<string, unknown>, Resources = unknown> {
  /** Checked against the definition's schema. */
  readonly settings: Settings;
  /** What `open` returned. */
  readonly resources: Resources;
  readonly http: ConnectorHttp;
  readonly logger: ConnectorLogger;
  /** Milliseconds since the epoch; business time, which the sandbox may move. */
  readonly clock: { now(): number };
  /** Aborts when the call's time is up or the process shuts down. */
  readonly signal: AbortSignal;
  /** W3C trace context, to hand on to the provider where it takes one. */
  readonly traceparent?: string;
}

/** The context of one attempt to deliver. */
export interface DeliveryContext<
  Settings = Record<string, unknown>,
  Resources = unknown,
> extends ConnectorContext<Settings, Resources> {
  /** The same for every attempt at this delivery: give it to providers that deduplicate by it. */
  readonly idempotencyKey: string;
}
