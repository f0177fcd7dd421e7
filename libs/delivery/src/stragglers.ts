import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Outcome } from '@repartee/contracts';
import { BackgroundLoop } from '@repartee/platform';
import { ConnectorGateway } from './connector-gateway.js';
import { Enquiries } from './enquiries.js';
import { queueOf } from './domain/delivery.js';
import { Attempts, type OverdueAttempt } from './persistence/attempts.js';
import { DueQueue } from './persistence/due-queue.js';
import { SendGate } from './send-gate.js';
import { Settlements } from './settlements.js';

const EVERY = 1000;
const LIMIT = 50;
const MINUTE = 60_000;
/** When the provider of an attempt that stays unknown is asked again, milliseconds after each look; then no more. */
const LOOKS = [5 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 12 * 60 * MINUTE, 24 * 60 * MINUTE];

const CUT_OFF: Outcome = {
  status: 'unknown',
  detail: 'the process ended while the message was being sent',
};

/**
 * Finds what fell by the way: attempts of processes that died, unknown ones whose provider can be asked, and messages
 * for channels that no connector serves. An attempt whose process may still be at it is left alone.
 */
@Injectable()
export class Stragglers {
  private readonly logger = new Logger(Stragglers.name);
  private readonly loop = new BackgroundLoop({
    round: () => this.round(),
    failed: (error) => this.logger.error(String(error)),
    pause: EVERY,
  });

  constructor(
    @Inject(ConnectorGateway) private readonly gateway: ConnectorGateway,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(DueQueue) private readonly queue: DueQueue,
    @Inject(SendGate) private readonly gate: SendGate,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(Enquiries) private readonly enquiries: Enquiries,
  ) {}

  start(): void {
    this.loop.start();
  }

  ring(): void {
    this.loop.ring();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<number> {
    await this.refuseUnserved();
    const overdue = await this.attempts.overdue(LIMIT, MINUTE);
    await Promise.all(overdue.map((one) => this.clearUp(one)));
    return overdue.length < LIMIT ? EVERY : 0;
  }

  private async refuseUnserved(): Promise<void> {
    const connectors = this.gateway.connectors();
    const channels = [...new Set(connectors.map(({ channel }) => channel))];
    const queues = connectors.map(({ channel, name }) => queueOf(channel, name));
    const unserved = await this.queue.unserved([...channels, ...queues], channels, LIMIT);
    if (unserved.length > 0) await this.gate.pass(unserved, undefined);
  }

  private async clearUp(overdue: OverdueAttempt): Promise<void> {
    const { attempt, connector: name, open, looks } = overdue;
    const connector = this.gateway.connectors().find((one) => one.name === name);
    if (!open && !connector?.canReconcile) return this.attempts.lookAgain(attempt.attemptId);
    if (!open) await this.attempts.lookAgain(attempt.attemptId, LOOKS[looks - 1]);
    const asks = connector !== undefined && (connector.canReconcile || connector.remote !== undefined);
    const outcome = asks ? await this.enquiries.ask(connector, attempt) : CUT_OFF;
    if (!outcome || (!open && outcome.status === 'unknown')) return;
    const { attemptId, deliveryId } = attempt;
    await this.settlements.settle({ attemptId, deliveryId, connector: name, outcome });
  }
}
