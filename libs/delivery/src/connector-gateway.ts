import type { Action, Attempt, Outcome } from '@repartee/contracts';

/** The connector that serves a channel. */
export interface ChannelConnector {
  name: string;
  /** Namespace of the identifiers it reaches people by: `email`, `phone`. */
  addressNamespace: string;
  /** Whether the provider can be asked what became of a message. */
  canReconcile: boolean;
}

/** The way out, as delivery sees it. The application ties it to the connectors. Nothing here throws for a provider's sake. */
export abstract class ConnectorGateway {
  abstract connectorFor(channel: string): ChannelConnector | undefined;
  abstract deliver(connector: string, action: Action): Promise<Outcome>;
  abstract reconcile(connector: string, attempt: Attempt): Promise<Outcome>;
}
