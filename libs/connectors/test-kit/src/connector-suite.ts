import type { Action } from '@repartee/contracts';
import type { Way } from './running-connector.js';
import type { Inability, ReportKind, SimulatedProvider } from './simulated-provider.js';

/** What a connector's spec brings to the contract. */
export interface ConnectorSuite {
  /** Absolute path of the connector's `certificate.json`. */
  certificate: string;
  /** Content of a treatment that the channel takes. */
  content?: unknown;
  /** Content that the channel refuses; `{}` unless given. */
  wrongContent?: unknown;
  /** Starts a provider of its own for one check. A connector that delivers needs it. */
  provider?(): Promise<SimulatedProvider>;
  /** What no such provider can do, each with the reason. It stands in the certificate. */
  cannot?: Readonly<Partial<Record<Inability, string>>>;
  /** What the provider reports by webhook. */
  reports?: readonly ReportKind[];
  /** Address of the n-th person, counted from 0, at this provider. */
  address?(n: number, provider: SimulatedProvider): string;
  /** What else an action for this channel holds. */
  action?: Partial<Action>;
  /** How it is run; within this process unless given. */
  ways?: readonly Way[];
}
