import type { RawRequest } from '@repartee/connector-sdk';

/** What a provider can do with the next message, in the words of no protocol. */
export const answerKinds = [
  /** Takes it. */
  'accept',
  /** Will never take this message: HTTP 400, SMTP 550. Takes nothing. */
  'refuse',
  /** Does not know us: HTTP 401, SMTP 535. Takes nothing. */
  'unauthorized',
  /** Not now: HTTP 429, SMTP 451. Takes nothing. */
  'throttle',
  /** Breaks: HTTP 500. Takes nothing. */
  'fail',
  /** Keeps the line open and says nothing. Takes nothing. */
  'hang',
  /** Cuts the line. Takes nothing. */
  'reset',
  /** Takes it and says nothing any more. */
  'accept-and-hang',
] as const;
export type AnswerKind = (typeof answerKinds)[number];

export interface ProviderAnswer {
  kind: AnswerKind;
  /** Seconds, with `throttle`, where the protocol can say so. */
  retryAfter?: number;
  /** What the provider says to it, where it says anything. Providers repeat credentials, so these words hold some. */
  words?: string;
}

/** What a simulated provider may be unable to do, each with the reason. It appears in the certificate. */
export type Inability =
  | AnswerKind
  /** It cannot say when to come back. */
  | 'retry-after'
  /** It takes the same message twice when it is sent twice. */
  | 'deduplicate';

/** A message or an event that the provider took, whether or not it said so. */
export interface TakenMessage {
  /** Whom a message goes to, as the provider knows it; of an event, its id. */
  to: string;
}

export const reportKinds = [
  'sent',
  'delivered',
  'failed',
  'bounced',
  'complained',
  'opt-out',
  'opt-in',
  'message',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** What the provider is to report by webhook. */
export interface ProviderReport {
  kind: ReportKind;
  attemptId: string;
  /** What `deliver` answered. */
  providerId?: string;
  /** The person's address. */
  address: string;
}

/** The provider behind a connector, played in the process: it does what a check tells it to, and keeps books. */
export interface SimulatedProvider {
  /** The connector's settings that lead here, complete, with credentials of its own making. */
  settings: Readonly<Record<string, unknown>>;
  /** Where it listens, for channels whose addresses lead to the provider. */
  url?: string;
  /** What it does with the next message or event; once. Without a script it accepts. */
  next(answer: ProviderAnswer): void;
  /** What it is to answer when it is next asked what became of a message; needed with `reconcile: 'query'`. */
  nextQuery?(answer: ProviderAnswer): void;
  /** All messages and events it took, in order, so that doubles are seen. */
  taken(): readonly TakenMessage[];
  /** Resolves when a message is under way: the provider heard of it and has not ended it. */
  busy(): Promise<void>;
  /**
   * The webhook as the provider sends it to `url`, the hub's public address, signed as the provider signs, with the
   * credentials in `settings`.
   */
  webhook?(report: ProviderReport, url: string): RawRequest;
  /** Ends it with all its connections. */
  stop(): Promise<void>;
}
