import type { Certificate, ConnectorDefinition, ConnectorQuestionName } from '@repartee/connector-sdk';
import type { CircuitSettings } from './circuit-breaker.js';
import type { Environment } from './read-settings.js';

/** Injection token of the {@link ConnectorHostOptions}. */
export const CONNECTOR_HOST_OPTIONS = Symbol('CONNECTOR_HOST_OPTIONS');

export interface ConnectorHostOptions {
  /** The connectors to run; at most one of each name. */
  definitions: readonly ConnectorDefinition[];
  /** What they showed in the contract suite, by connector. */
  certificates?: ReadonlyMap<string, Certificate>;
  /** Names of connectors that go before others of their channel, the first before the second. */
  order?: readonly string[];
  /** Connectors that run in processes of their own: their settings are there. */
  elsewhere?: ReadonlySet<string>;
  /** What those in another language answer; the others answer all questions. */
  answers?: ReadonlyMap<string, readonly ConnectorQuestionName[]>;
  /** Where settings are read from. */
  environment: Environment;
  /** Whether settings are stored too; needs the platform's `Database`, `Vault` and `Housekeeping`. No unless told. */
  settingsAtRest?: boolean;
  /** Whether `ctx.http` may reach addresses that are not public. No unless told. */
  allowPrivateAddresses?: boolean;
  /** When to stop calling a connector that keeps failing: 10 failures in a row, for 30 s, unless told. */
  circuit?: CircuitSettings;
  /** Milliseconds a delivery may wait for its turn (concurrency, rate) before it is turned away: 2,000 unless told. */
  patience?: number;
  /** Monotonic milliseconds; the system's unless a test brings its own. */
  monotonic?: () => number;
}

export type HostRules = Required<Pick<ConnectorHostOptions, 'circuit' | 'patience' | 'monotonic'>>;

export function rulesOf(options: ConnectorHostOptions): HostRules {
  return {
    circuit: options.circuit ?? { failures: 10, openFor: 30_000 },
    patience: options.patience ?? 2000,
    monotonic: options.monotonic ?? (() => performance.now()),
  };
}
