import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, type MessageClass, ok, type Result } from '@repartee/contracts';
import { Clock, Database, newId, Tracer, type Transaction } from '@repartee/platform';
import { DeliveryCaps } from './delivery-caps.js';
import { DispatchBell } from './dispatch-bell.js';
import { type Delivery, queueOf } from './domain/delivery.js';
import { Attempts, type LedgerAttempt } from './persistence/attempts.js';
import { Ledger } from './persistence/ledger.js';

/** What is to be sent to whom. Times in milliseconds since the epoch. */
export interface DeliveryRequest {
  /** The same key never makes two deliveries. */
  idempotencyKey: string;
  profileId: string;
  channel: string;
  class: MessageClass;
  origin: string;
  content: Record<string, unknown>;
  data?: Record<string, unknown>;
  offer?: { offer: string; treatment: string; zone: string; token: string; validUntil: number };
  decisionId?: string;
  dialogueId?: string;
  sendAt?: number;
  brand?: string;
  purpose?: string;
  /** The one address of the person's it may go to; whichever can be reached unless given. */
  address?: string;
  /** Past it the message is of no use; the offer's own unless given. */
  validUntil?: number;
}

/** Takes requests to send into the ledger, and tells how they stand. */
@Injectable()
export class Deliveries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(DispatchBell) private readonly bell: DispatchBell,
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Tracer) private readonly tracer: Tracer,
  ) {}

  /** Plans a delivery in the caller's transaction. @returns its id, or undefined when the same request made one before */
  async request(tx: Transaction, request: DeliveryRequest): Promise<string | undefined> {
    const now = this.clock.now();
    const delivery: Delivery = {
      id: newId(),
      idempotencyKey: request.idempotencyKey,
      profileId: request.profileId,
      channel: request.channel,
      class: request.class,
      status: 'planned',
      reason: null,
      offer: request.offer?.offer ?? null,
      treatment: request.offer?.treatment ?? null,
      zone: request.offer?.zone ?? null,
      decisionId: request.decisionId ?? null,
      dialogueId: request.dialogueId ?? null,
      offerToken: request.offer?.token ?? null,
      origin: request.origin,
      content: request.content,
      data: request.data ?? {},
      createdAt: now,
      sendAt: request.sendAt ?? now,
      validUntil: request.validUntil ?? request.offer?.validUntil ?? null,
      providerId: null,
      attempts: 0,
      waits: 0,
      brand: request.brand ?? null,
      purpose: request.purpose ?? null,
      address: request.address ?? null,
      queue: queueOf(request.channel),
      dueAt: request.sendAt ?? now,
      traceparent: this.tracer.currentTraceparent() ?? null,
    };
    if (!(await this.ledger.add(tx, delivery))) return undefined;
    if (delivery.dueAt <= now) tx.afterCommit(() => this.bell.ring());
    return delivery.id;
  }

  async get(id: string): Promise<Result<{ delivery: Delivery; attempts: LedgerAttempt[] }>> {
    const delivery = await this.ledger.find(id);
    if (!delivery) return fail(failure('DELIVERY.NOT_FOUND', 'No delivery has this id.'));
    return ok({ delivery, attempts: await this.attempts.list(id) });
  }

  /** Calls a delivery off, while no attempt was started. */
  async cancel(id: string): Promise<Result<void>> {
    return this.database.transaction(async (tx): Promise<Result<void>> => {
      const delivery = await this.ledger.lock(tx, id);
      if (!delivery) return fail(failure('DELIVERY.NOT_FOUND', 'No delivery has this id.'));
      if (delivery.status === 'cancelled') return ok(undefined);
      if (delivery.status !== 'planned') {
        return fail(failure('DELIVERY.ALREADY_SENT', `The delivery is ${delivery.status}.`));
      }
      await this.ledger.stand(tx, [{ id, status: 'cancelled', reason: 'called off' }]);
      await this.caps.giveBack(tx, delivery);
      return ok(undefined);
    });
  }
}
