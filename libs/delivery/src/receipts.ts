import { Inject, Injectable } from '@nestjs/common';
import type { FactOf, ReceiptStatus } from '@repartee/contracts';
import { Database, newId, type Transaction } from '@repartee/platform';
import { Timeline } from '@repartee/profile';
import { DeliveryCaps } from './delivery-caps.js';
import { type Progress, hearReceipt, progressOf, type Receipt } from './domain/progress.js';
import type { AttemptReference } from './persistence/attempts.js';
import { type Evidenced, Settlements } from './settlements.js';

/** The message that a receipt is about. */
export interface ReceiptMatch {
  deliveryId: string;
  attemptId: string;
  profileId: string;
  channel: string;
  /** Where it went. */
  address: string;
}

interface Row {
  profile_id: string;
  channel: string;
  progress: ReceiptStatus | null;
  receipts: Receipt[] | null;
  address: string;
  offer: string | null;
  offer_token: string | null;
}

/** What providers report of messages: one state per delivery, whatever the order and number of reports. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Settlements) private readonly settlements: Settlements,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(DeliveryCaps) private readonly caps: DeliveryCaps,
  ) {}

  /**
   * Takes a provider's report, and with it that the provider had the message.
   * @returns undefined while nobody knows the message: the report may be faster than the outcome of its attempt
   */
  async hear(
    tx: Transaction,
    { connector, id, at }: { connector: string; id: string; at: number },
    fact: FactOf<'receipt'>,
  ): Promise<ReceiptMatch | undefined> {
    const { status, attemptId, providerId, permanent, code, detail } = fact;
    const evidence = {
      outcome: { status: 'accepted', ...(providerId !== undefined && { providerId }) } as const,
      by: `receipt ${status}`,
      beyondDoubt: status === 'delivered' || status === 'complained',
    };
    let known: Evidenced | undefined;
    for (const reference of referencesOf(connector, attemptId, providerId))
      known ??= await this.settlements.evidence(tx, reference, evidence);
    if (!known) return undefined;
    return this.note(tx, known, {
      id,
      attemptId: known.attemptId,
      status,
      at,
      ...(permanent !== undefined && { permanent }),
      ...(code !== undefined && { code }),
      ...(detail !== undefined && { detail }),
    });
  }

  /** An open or a click: whoever did it, person or scanner, the message has arrived. */
  async arrived(deliveryId: string, by: 'open' | 'click', at: number): Promise<ReceiptMatch | undefined> {
    return this.database.transaction(async (tx) => {
      const evidence = { outcome: { status: 'accepted' } as const, by, beyondDoubt: true };
      const known = await this.settlements.evidence(tx, { deliveryId }, evidence);
      if (!known) return undefined;
      return this.note(tx, known, {
        id: `${by}:${deliveryId}`,
        attemptId: known.attemptId,
        status: 'delivered',
        at,
        code: by,
      });
    });
  }

  /** Who answers an offer has got the message that it came in. */
  async answered(profileId: string | null, token: string, at: number): Promise<void> {
    for (const { deliveryId } of await this.sentWith(profileId, token))
      await this.arrived(deliveryId, 'click', at);
  }

  /** The messages that an offer was sent in, and when. */
  async sentWith(profileId: string | null, token: string): Promise<{ deliveryId: string; sentAt: number }[]> {
    if (profileId === null) return [];
    const rows = await this.database.query<{ id: string; started_at: Date }>(
      `SELECT d.id, a.started_at FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id
         AND a.number = d.attempts WHERE d.profile_id = $1 AND d.offer_token = $2`,
      [profileId, token],
      'receipt.sent-with',
    );
    return rows.map(({ id, started_at }) => ({ deliveryId: id, sentAt: started_at.getTime() }));
  }

  /** When a message was handed to its provider, milliseconds since the epoch. */
  async sentAt(deliveryId: string): Promise<number | undefined> {
    const [row] = await this.database.query<{ at: Date | null }>(
      'SELECT max(started_at) AS at FROM delivery_attempt WHERE delivery_id = $1',
      [deliveryId],
      'receipt.sent-at',
    );
    return row?.at?.getTime();
  }

  /** All that was reported of a delivery, oldest first, and what it comes to. */
  async of(deliveryId: string): Promise<{ progress: Progress | null; receipts: Receipt[] }> {
    const [row] = await this.database.query<Pick<Row, 'receipts'>>(
      'SELECT receipts FROM delivery WHERE id = $1',
      [deliveryId],
    );
    const receipts = row?.receipts ?? [];
    return { progress: progressOf(receipts), receipts };
  }

  private async note(
    tx: Transaction,
    { deliveryId, attemptId }: Evidenced,
    receipt: Receipt,
  ): Promise<ReceiptMatch | undefined> {
    const [row] = await tx.query<Row>(
      `SELECT d.profile_id, d.channel, d.progress, d.receipts, d.offer, d.offer_token, a.action->'to'->>'address' AS address
       FROM delivery d JOIN delivery_attempt a ON a.delivery_id = d.id AND a.id = $2
       WHERE d.id = $1 FOR UPDATE OF d`,
      [deliveryId, attemptId],
      'receipt.of',
    );
    if (!row) return undefined;
    const { profile_id: profileId, channel, address } = row;
    const match = { deliveryId, attemptId, profileId, channel, address };
    const held = row.receipts ?? [];
    if (held.some(({ id }) => id === receipt.id)) return match;
    const receipts = hearReceipt(held, receipt);
    const progress = progressOf(receipts)?.status ?? null;
    await tx.query(
      'UPDATE delivery SET receipts = $2, progress = $3 WHERE id = $1',
      [deliveryId, JSON.stringify(receipts), progress],
      'receipt.note',
    );
    // It did not arrive: others may have its room under caps.
    if (isLost(progress) && !isLost(row.progress))
      await this.caps.giveBack(tx, { channel, offer: row.offer, offerToken: row.offer_token });
    if (progress !== row.progress) {
      const data = { deliveryId, channel, progress };
      await this.timeline.append(tx, [{ profileId, at: receipt.at, id: newId(), kind: 'delivery', data }]);
    }
    return match;
  }
}

function isLost(progress: ReceiptStatus | null): boolean {
  return progress === 'bounced' || progress === 'failed';
}

function referencesOf(
  connector: string,
  attemptId: string | undefined,
  providerId: string | undefined,
): AttemptReference[] {
  return [
    ...(attemptId === undefined ? [] : [{ attemptId }]),
    ...(providerId === undefined ? [] : [{ connector, providerId }]),
  ];
}
