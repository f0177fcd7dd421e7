import { type ConnectorHost, DEFAULT_TIME_LIMIT } from '@repartee/connector-host';
import type { HeardEvent, Outcome } from '@repartee/contracts';
import { type EventListener, EventListeners } from '@repartee/delivery';

/** Ties what happens to the connectors that want to hear of it. */
export class HostEventListeners extends EventListeners {
  private readonly listeners: readonly EventListener[];

  constructor(private readonly host: ConnectorHost) {
    super();
    this.listeners = host
      .describe()
      .filter(({ subscribes }) => subscribes.length > 0)
      .map(({ name, subscribes, purposes, capabilities: { timeLimit = DEFAULT_TIME_LIMIT } }) => ({
        ...{ connector: name, subscribes, purposes, timeLimit },
      }));
  }

  list(): readonly EventListener[] {
    return this.listeners;
  }

  isReady(connector: string): boolean {
    return this.host.runner(connector)?.configured === true;
  }

  tell(connector: string, event: HeardEvent, traceparent?: string): Promise<Outcome> {
    return this.host.hear(connector, event, traceparent);
  }
}
