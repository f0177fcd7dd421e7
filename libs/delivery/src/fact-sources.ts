import type { PolledFacts, RawRequest, Result, WebhookReply } from '@repartee/contracts';

/** A connector as a source of facts. */
export interface FactSource {
  name: string;
  channel: string;
  /** Namespace of the identifiers it reaches people by: `email`, `phone`. */
  addressNamespace: string;
  /** Whether it has something to fetch. */
  polls: boolean;
}

/** What a connector made of a webhook. */
export type Heard =
  /** The signature is not the provider's: nothing was read. */
  { verified: false } | { verified: true; reply: WebhookReply; facts: readonly unknown[] };

/** Where facts come from, as delivery sees it. The application ties it to the connectors. */
export abstract class FactSources {
  abstract find(connector: string): FactSource | undefined;
  /** The connectors that fetch what providers do not push. */
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
  /** JSON schema of its settings; the environment gives their values. */
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
