import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Outcome } from '@repartee/contracts';
import { Clock, Database, GroupCommit, type Transaction } from '@repartee/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import { Conclusions } from './conclusions.js';
import { ConnectorGateway } from './connector-gateway.js';
import { type Delivery, queueOf, settle } from './domain/delivery.js';
import type { GateVerdict } from './domain/gate.js';
import { type AttemptReference, Attempts } from './persistence/attempts.js';
import { Ledger } from './persistence/ledger.js';
import { ToldFacts } from './told-facts.js';

/** What became of one attempt. */
export interface Told {
  deliveryId: string;
  attemptId: string;
  connector: string;
  outcome: Outcome;
}

/** A message that does not leave now. */
export interface HeldBack {
  delivery: Delivery;
  verdict: GateVerdict;
}

/** What came to light about an attempt after it was made. */
export interface Evidence {
  outcome: Outcome;
  /** What shows it, in a word or two: `receipt delivered`, `open`, `click`. */
  by: string;
  /** It proves even a known rejection wrong: the message is at the person's. */
  beyondDoubt?: boolean;
}

/** What evidence changed. */
export interface Evidenced {
  deliveryId: string;
  attemptId: string;
  /** Whether the delivery stands differently now. */
  changed: boolean;
}

/** By this code a connector says that nobody is at the address any more. */
const ADDRESS_GONE = 'ADDRESS_GONE';
/** Outcomes that share a commit. */
const GROUP = 200;
/** Milliseconds in which outcomes come together, as they come one by one. */
const GATHER = 10;
/** Milliseconds until outcomes that the database did not take are written again. */
const PAUSE = 500;
const TRIES = 20;
/** Milliseconds until the provider of an unknown attempt is asked first. */
export const FIRST_LOOK = 60_000;

/** Writes down how deliveries go on: held, tried again, or over. */
@Injectable()
export class Settlements {
  private readonly logger = new Logger(Settlements.name);
  private readonly commit = new GroupCommit<Told>({
    write: (told) => this.write(told),
    maxItems: GROUP,
    concurrency: 1,
    linger: GATHER,
  });

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(Conclusions) private readonly conclusions: Conclusions,
    @Inject(ConnectorGateway) private readonly connectors: ConnectorGateway,
    @Inject(ToldFacts) private readonly facts: ToldFacts,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Notes why messages do not leave now, and what happens instead. */
  async holdBack(tx: Transaction, held: readonly HeldBack[]): Promise<void> {
    const waits = held.flatMap(({ delivery, verdict }) =>
      verdict.verdict === 'hold' ? { delivery, reason: verdict.reason, until: verdict.until } : [],
    );
    await this.conclusions.defer(tx, waits);
    for (const { delivery, verdict } of held) {
      if (verdict.verdict !== 'stale' && verdict.verdict !== 'stop') continue;
      const { reason } = verdict;
      await this.conclusions.conclude(tx, [
        { delivery, settlement: { status: verdict.status ?? 'expired', reason } },
      ]);
      if (verdict.verdict === 'stale') await this.conclusions.decideAgain(tx, delivery);
    }
  }

  /** Puts messages off that nothing can be said of now, in milliseconds. */
  async stepAside(ids: readonly string[], milliseconds: number): Promise<void> {
    const dueAt = this.clock.now() + milliseconds;
    const reason = 'it could not be judged; tried again';
    await this.database.transaction(async (tx) => {
      const locked = await this.ledger.lockPlanned(tx, ids);
      await this.ledger.stand(
        tx,
        locked.map(({ id }) => ({ id, status: 'planned', reason, dueAt })),
      );
    });
  }

  /** Notes what became of an attempt, and plans the next one where that is right. Durable when it resolves. */
  settle(told: Told): Promise<void> {
    return this.commit.add([told]);
  }

  /** Resolves when nothing is left to write. */
  drained(): Promise<void> {
    return this.commit.drained();
  }

  /**
   * Takes what came to light later: an unknown attempt becomes what the evidence says; a rejected one becomes accepted
   * only where it is beyond doubt, and the reason then names the contradiction. Any order and number give the same.
   * @returns undefined when nobody knows such an attempt
   */
  async evidence(tx: Transaction, of: AttemptReference, found: Evidence): Promise<Evidenced | undefined> {
    const known = await this.attempts.find(tx, of);
    if (!known) return undefined;
    const { deliveryId, attemptId, outcome: before, connector, number } = known;
    const delivery = await this.ledger.lock(tx, deliveryId);
    if (!delivery) return undefined;
    const { outcome } = found;
    const contradicts = before?.status === 'rejected' && outcome.status === 'accepted';
    const unchanged = { deliveryId, attemptId, changed: false };
    if (contradicts && !found.beyondDoubt) return unchanged;
    const finished = await this.attempts.finish(tx, [{ attemptId, outcome, overrule: contradicts }]);
    if (finished.size === 0) return unchanged;
    const { reason, ...settlement } = settle(outcome, { attempt: number, connector, order: [] }, 0);
    const said = contradicts ? `${found.by}, although it was rejected: ${before.code}` : reason;
    const status = settlement.status === 'planned' ? 'rejected' : settlement.status;
    await this.conclusions.conclude(tx, [
      { delivery, settlement: { status, reason: said }, providerId: providerIdOf(outcome) },
    ]);
    return { deliveryId, attemptId, changed: true };
  }

  /** What cannot be written together is written one by one, so that one of them does not cost the others. */
  private async write(told: readonly Told[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.database.transaction((tx) => this.record(tx, told));
      } catch (error) {
        if (told.length > 1) {
          for (const one of told) await this.write([one]);
          return;
        }
        if (tries >= TRIES) throw error;
        this.logger.error(`an outcome could not be written: ${String(error)}`);
        await sleep(PAUSE);
      }
    }
  }

  private async record(tx: Transaction, told: readonly Told[]): Promise<void> {
    // Deliveries before attempts, as everywhere: who locks in one order does not wait in a circle.
    const deliveries = await this.ledger.lockAll(
      tx,
      told.map(({ deliveryId }) => deliveryId),
    );
    const finished = await this.attempts.finish(
      tx,
      told.map(({ attemptId, outcome, connector }) => ({
        attemptId,
        outcome,
        ...(outcome.status === 'unknown' && this.canAsk(connector) && { lookIn: FIRST_LOOK }),
      })),
    );
    for (const { deliveryId, attemptId, outcome } of told) {
      const delivery = deliveries.get(deliveryId);
      if (
        delivery &&
        finished.has(attemptId) &&
        outcome.status === 'rejected' &&
        outcome.code === ADDRESS_GONE
      )
        await this.conclusions.addressLost(tx, delivery, attemptId);
    }
    await this.facts.note(
      tx,
      told.filter(({ attemptId }) => finished.has(attemptId)),
    );
    const now = this.clock.now();
    const settled = told
      .filter(({ attemptId }) => finished.has(attemptId))
      .flatMap(({ deliveryId, outcome, connector }) => {
        const delivery = deliveries.get(deliveryId);
        if (!delivery) return [];
        const order = this.connectors.connectorsFor(delivery.channel).map(({ name }) => name);
        const tried = { attempt: delivery.attempts - delivery.waits, connector, order };
        return [
          {
            delivery,
            settlement: settle(outcome, tried, Math.random()),
            providerId: providerIdOf(outcome),
          },
        ];
      });
    await this.conclusions.conclude(
      tx,
      settled.filter(({ settlement }) => settlement.retryIn === undefined),
    );
    await this.ledger.stand(
      tx,
      settled.flatMap(({ delivery: { id, channel }, settlement: { retryIn, reason, next, waited } }) =>
        retryIn === undefined
          ? []
          : [{ id, status: 'planned', reason, dueAt: now + retryIn, queue: queueOf(channel, next), waited }],
      ),
    );
  }

  private canAsk(connector: string): boolean {
    return this.connectors.connectors().some(({ name, canReconcile }) => name === connector && canReconcile);
  }
}

function providerIdOf(outcome: Outcome): string | undefined {
  return outcome.status === 'accepted' ? outcome.providerId : undefined;
}
