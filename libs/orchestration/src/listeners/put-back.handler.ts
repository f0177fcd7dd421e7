import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import { Database } from '@repartee/platform';
import { EventQueue } from './event-queue.js';
import { ListenerLanes } from './listener-lanes.js';
import { CONNECTOR_EVENT, type ConnectorEventData } from './tell-connector.js';

/** An event that was given up, and that somebody wants to be told again, waits for its connector anew. */
@Controller()
export class PutBackHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventQueue) private readonly queue: EventQueue,
    @Inject(ListenerLanes) private readonly lanes: ListenerLanes,
  ) {}

  @EventPattern(CONNECTOR_EVENT)
  async putBack(@Payload() { data, traceparent }: CloudEvent<ConnectorEventData>): Promise<void> {
    const { connector, event } = data;
    await this.queue.add(this.database, [{ connector, event, traceparent: traceparent ?? null }]);
    this.lanes.ring();
  }
}
