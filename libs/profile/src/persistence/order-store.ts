import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { OrderState } from '../domain/orders.js';

interface Row {
  profile_id: string;
  order_id: string;
  currency: string;
  amount: string | null;
  refunded: string;
  cancelled: boolean;
  at: Date;
  event_id: string;
}

/** An order of one profile. */
export interface ProfileOrder extends OrderState {
  profileId: string;
}

function toOrder(row: Row): ProfileOrder {
  return {
    profileId: row.profile_id,
    orderId: row.order_id,
    currency: row.currency,
    amount: row.amount === null ? null : Number(row.amount),
    refunded: Number(row.refunded),
    cancelled: row.cancelled,
    at: row.at.getTime(),
    eventId: row.event_id,
  };
}

/** Orders in PostgreSQL: what makes each of them count once. Written under the lock on the person's golden record. */
@Injectable()
export class OrderStore {
  async load(tx: Transaction, keys: { profileId: string; orderId: string }[]): Promise<ProfileOrder[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<Row>(
      `SELECT held.* FROM profile_order held
       JOIN unnest($1::uuid[], $2::text[]) AS wanted(profile_id, order_id)
         ON held.profile_id = wanted.profile_id AND held.order_id = wanted.order_id`,
      [keys.map((key) => key.profileId), keys.map((key) => key.orderId)],
      'orders.load',
    );
    return rows.map(toOrder);
  }

  async ofProfile(tx: Transaction, profileId: string): Promise<ProfileOrder[]> {
    return (await tx.query<Row>('SELECT * FROM profile_order WHERE profile_id = $1', [profileId])).map(
      toOrder,
    );
  }

  async save(tx: Transaction, orders: ProfileOrder[]): Promise<void> {
    if (orders.length === 0) return;
    await tx.query(
      `INSERT INTO profile_order (profile_id, order_id, currency, amount, refunded, cancelled, at, event_id)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[],
                            $7::timestamptz[], $8::text[])
       ON CONFLICT (profile_id, order_id) DO UPDATE SET currency = excluded.currency, amount = excluded.amount,
         refunded = excluded.refunded, cancelled = excluded.cancelled, at = excluded.at, event_id = excluded.event_id`,
      [
        orders.map((order) => order.profileId),
        orders.map((order) => order.orderId),
        orders.map((order) => order.currency),
        orders.map((order) => order.amount),
        orders.map((order) => order.refunded),
        orders.map((order) => order.cancelled),
        orders.map((order) => new Date(order.at)),
        orders.map((order) => order.eventId),
      ],
      'orders.save',
    );
  }

  async removeAll(tx: Transaction, profileId: string): Promise<void> {
    await tx.query('DELETE FROM profile_order WHERE profile_id = $1', [profileId]);
  }
}
