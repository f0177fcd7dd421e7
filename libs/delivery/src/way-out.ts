import { Inject, Injectable } from '@nestjs/common';
import type { Action, Outcome } from '@repartee/contracts';
import { Tracer } from '@repartee/platform';
import { ConnectorGateway } from './connector-gateway.js';

/** Calls connectors of this process, for what has passed the send gate and nothing else. */
@Injectable()
export class WayOut {
  constructor(
    @Inject(ConnectorGateway) private readonly connectors: ConnectorGateway,
    @Inject(Tracer) private readonly tracer: Tracer,
  ) {}

  /** Sends one message; uses up one turn. */
  send(connector: string, action: Action, traceparent: string | null): Promise<Outcome> {
    const { deliveryId, attemptId } = action;
    const options = { ...(traceparent !== null && { traceparent }), attributes: { deliveryId, attemptId } };
    return this.tracer.span('send delivery', options, () =>
      this.connectors.deliver(connector, action, this.tracer.currentTraceparent()),
    );
  }
}
