import { Inject, Injectable } from '@nestjs/common';
import type { Action, ConnectorCommand } from '@repartee/contracts';
import { Bus, Clock, type Transaction } from '@repartee/platform';
import { ActionFactory } from './action-factory.js';
import type { ChannelConnector } from './connector-gateway.js';
import type { Departure } from './departures.js';
import type { Delivery } from './domain/delivery.js';
import { Attempts } from './persistence/attempts.js';

/** A message that has passed the gate: *attempt started* is durable once the gate's transaction commits. */
export interface Started {
  delivery: Delivery;
  action: Action;
}

/** Milliseconds beyond its time limit in which whoever makes an attempt tells what became of it. */
const MARGIN = 15_000;
/** How long a command to another process may wait there, in milliseconds: after that it must not be begun. */
const COMMAND_LASTS = 600_000;

/** Makes *attempt started* durable, together with the command where the connector runs in a process of its own. */
@Injectable()
export class StartedAttempts {
  constructor(
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(ActionFactory) private readonly actions: ActionFactory,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async start(
    tx: Transaction,
    departures: readonly Departure[],
    connector: ChannelConnector,
  ): Promise<Started[]> {
    const { name, timeLimit, remote } = connector;
    const lookIn = timeLimit + MARGIN + (remote ? COMMAND_LASTS : 0);
    const started = departures.map(({ delivery, profile, address }) => ({
      delivery,
      action: this.actions.create(delivery, profile, address),
    }));
    await this.attempts.start(
      tx,
      started.map(({ action: { content: _content, data: _data, ...action }, delivery }) => ({
        connector: name,
        action,
        number: delivery.attempts + 1,
        lookIn,
      })),
    );
    if (remote) await this.command(tx, name, started);
    return started;
  }

  private command(tx: Transaction, connector: string, started: readonly Started[]): Promise<void> {
    const deadline = new Date(this.clock.now() + COMMAND_LASTS).toISOString();
    return this.bus.publish(
      tx,
      started.map(({ action, delivery }) => {
        const data: ConnectorCommand = { action, deadline };
        return {
          type: `connector.${connector}.deliver`,
          subject: action.attemptId,
          data,
          ...(delivery.traceparent !== null && { traceparent: delivery.traceparent }),
        };
      }),
    );
  }
}
