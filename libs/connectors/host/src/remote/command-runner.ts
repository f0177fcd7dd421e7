import { Inject, Injectable } from '@nestjs/common';
import { rejected, unknown } from '@repartee/connector-sdk';
import {
  type Action,
  type Attempt,
  type ConnectorCommand,
  type ConnectorQuestion,
  type Outcome,
} from '@repartee/contracts';
import { Clock } from '@repartee/platform';
import { ConnectorHost } from '../connector-host.js';
import { type Begun, BegunInbox } from './begun-inbox.js';

/** The core asks again, by `reconcile`, where the provider can be asked. */
const BEGUN_ELSEWHERE = unknown('a process ended while the message was being sent');
/** Nobody was called. */
const LATER = { retryable: true, wait: true } as const;

/**
 * Carries out what the core commands over the bus, each attempt once at most: *begun* is durable before the connector is
 * called. A command that comes again after it was begun is cleared up, never carried out again.
 */
@Injectable()
export class CommandRunner {
  private readonly running = new Set<string>();

  constructor(
    @Inject(ConnectorHost) private readonly host: ConnectorHost,
    @Inject(BegunInbox) private readonly inbox: BegunInbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Message `connector.<name>.deliver`. */
  async carryOut(connector: string, command: ConnectorCommand, traceparent?: string): Promise<void> {
    const { attemptId } = command.action;
    // Given to this process a second time while the first goes on: that one answers.
    if (this.running.has(attemptId)) return;
    this.running.add(attemptId);
    try {
      await this.once(connector, command, traceparent);
    } finally {
      this.running.delete(attemptId);
    }
  }

  /** Message `connector.<name>.reconcile`: nobody has told the core what became of an attempt. */
  async reconcile(connector: string, { attempt }: ConnectorQuestion): Promise<void> {
    if (this.running.has(attempt.attemptId)) return;
    const begun = await this.inbox.begin(connector, attempt.attemptId);
    await this.answer(connector, attempt, await this.outcomeOf(connector, attempt, begun));
  }

  private async outcomeOf(connector: string, attempt: Attempt, begun: Begun): Promise<Outcome> {
    // It is noted as begun now, so that nobody can begin it any more.
    if (begun.state === 'new')
      return rejected('CONNECTOR.NOT_BEGUN', { ...LATER, detail: 'no host took it up in time' });
    if (begun.state === 'over' && begun.outcome.status !== 'unknown') return begun.outcome;
    const begunAt = new Date(this.clock.now() - begun.age).toISOString();
    return this.host.reconcile(connector, { ...attempt, begunAt });
  }

  private async once(
    connector: string,
    { action, deadline }: ConnectorCommand,
    traceparent?: string,
  ): Promise<void> {
    // The turn first: what is noted as begun and then dies while it waits would be unknown for nothing.
    const refusal = await this.host.turn(connector);
    const begun = await this.inbox.begin(connector, action.attemptId).catch((error: unknown) => {
      if (!refusal) this.host.turns(connector)?.giveBack(1);
      throw error;
    });
    if (begun.state === 'new' && !refusal && !this.isLate(deadline))
      return this.answer(connector, action, await this.call(connector, action, traceparent));
    if (!refusal) this.host.turns(connector)?.giveBack(1);
    if (begun.state === 'new') {
      const late = rejected('CONNECTOR.TOO_LATE', { ...LATER, detail: 'its time was over' });
      return this.answer(connector, action, refusal ?? late);
    }
    await this.answer(connector, action, begun.state === 'over' ? begun.outcome : BEGUN_ELSEWHERE);
  }

  private call(connector: string, action: Action, traceparent?: string): Promise<Outcome> {
    const { attemptId } = action;
    return this.host.deliver(connector, action, { attemptId, traceparent, holdsTurn: true });
  }

  private isLate(deadline: string): boolean {
    return this.clock.now() > Date.parse(deadline);
  }

  private answer(
    connector: string,
    { deliveryId, attemptId }: Pick<Action, 'deliveryId' | 'attemptId'>,
    outcome: Outcome,
  ): Promise<void> {
    return this.inbox.answer({ connector, deliveryId, attemptId, outcome });
  }
}
