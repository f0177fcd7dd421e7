import type {
  ConnectorSettingsView,
  PolledFacts,
  RawRequest,
  Result,
  SettingsCheck,
  SettingsWish,
  WebhookReply,
} from '@repartee/contracts';
import type { Transaction } from '@repartee/platform';

/** A connector as a source of facts. */
export interface FactSource {
  name: string;
  channel: string;
  /** Namespace of the identifiers it reaches people by: `email`, `phone`. */
  addressNamespace: string;
  /** Whether it has something to fetch, and the settings to do so. */
  polls: boolean;
}

/** What a connector made of a webhook. */
export type Heard =
  /** The signature is not the provider's: nothing was read. */
  { verified: false } | { verified: true; reply: WebhookReply; facts: readonly unknown[] };

/** Where facts come from, as delivery sees it. The application ties it to the connectors. */
export abstract class FactSources {
  abstract find(connector: string): FactSource | undefined;
  /** The connectors that fetch what providers do not push, with settings or without. */
  abstract polling(): FactSource[];
  /** Has a connector verify and read a webhook. Fails where it is not configured or cannot be reached. */
  abstract receive(connector: string, raw: RawRequest): Promise<Result<Heard>>;
  /** @throws what went wrong, in words free of secrets */
  abstract poll(connector: string, cursor: string | undefined): Promise<PolledFacts>;
}

/** A connector as the API shows it. Nothing of its settings' values. */
export interface ConnectorCard {
  name: string;
  channel: string;
  addressNamespace: string;
  stability: string;
  description?: string;
  configured: boolean;
  capabilities: object;
  /** JSON schema of its settings. */
  settings: object;
  health: { status: string; detail?: string };
  polls: boolean;
}

/** The connectors of this installation. The application ties it to them. */
export abstract class ConnectorDirectory {
  abstract list(): ConnectorCard[];
  /** Tries a connector's settings against its provider. */
  abstract check(name: string): Promise<Result<void>>;
}

/** Shows and stores the settings of connectors. The application ties it to them. */
export abstract class ConnectorSettingsDesk {
  abstract view(name: string): Promise<Result<ConnectorSettingsView>>;
  /** @returns what the provider said; null where the connector cannot ask */
  abstract replace(name: string, wish: SettingsWish<Transaction>): Promise<Result<SettingsCheck | null>>;
  /** Forgets what is stored. */
  abstract clear(
    name: string,
    wish: Omit<SettingsWish<Transaction>, 'values' | 'force'>,
  ): Promise<Result<void>>;
}
