import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@repartee/platform';
import {
  type AddressNews,
  type AddressState,
  type AddressWord,
  hearOfAddress,
} from '../domain/address-state.js';

/** One address on one channel. */
export interface ChannelAddress {
  channel: string;
  /** As identifiers hold it. */
  address: string;
}

export type AddressReport = ChannelAddress & { news: AddressNews };

/** What is known of addresses, whoever they belong to. */
@Injectable()
export class AddressStates {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** As the database says now: the gate asks at the moment of sending. */
  async read(channel: string, addresses: readonly string[]): Promise<ReadonlyMap<string, AddressState>> {
    if (addresses.length === 0) return new Map();
    const rows = await this.database.query<{ address: string; state: AddressState }>(
      'SELECT address, state FROM address_state WHERE channel = $1 AND address = ANY($2)',
      [channel, addresses],
      'address-state.read',
    );
    return new Map(rows.map(({ address, state }) => [address, state]));
  }

  /** Those of the addresses that gave or took back consent, and their words. */
  async spoken(
    tx: Pick<Transaction, 'query'>,
    addresses: readonly ChannelAddress[],
  ): Promise<(ChannelAddress & { said: Record<string, AddressWord> })[]> {
    if (addresses.length === 0) return [];
    return tx.query(
      `SELECT channel, address, state->'said' AS said
       FROM address_state JOIN unnest($1::text[], $2::text[]) AS t(channel, address) USING (channel, address)
       WHERE state->'said' IS NOT NULL`,
      [addresses.map(({ channel }) => channel), addresses.map(({ address }) => address)],
      'address-state.spoken',
    );
  }

  /** Brings news in, in the caller's transaction. */
  async hear(tx: Pick<Transaction, 'query'>, reports: readonly AddressReport[]): Promise<void> {
    if (reports.length === 0) return;
    const byAddress = new Map<string, AddressReport[]>();
    for (const report of reports) {
      const key = JSON.stringify([report.channel, report.address]);
      byAddress.set(key, [...(byAddress.get(key) ?? []), report]);
    }
    // Every writer locks in this order.
    const addresses = [...byAddress.keys()].sort();
    const [channels, values] = [0, 1].map((part) =>
      addresses.map((key) => (JSON.parse(key) as string[])[part]),
    );
    await tx.query(
      `INSERT INTO address_state (channel, address, state)
       SELECT channel, address, '{}' FROM unnest($1::text[], $2::text[]) AS t(channel, address) ON CONFLICT DO NOTHING`,
      [channels, values],
    );
    const held = await tx.query<{ channel: string; address: string; state: AddressState }>(
      `SELECT s.* FROM address_state s JOIN unnest($1::text[], $2::text[]) AS t(channel, address) USING (channel, address)
       ORDER BY s.channel, s.address FOR UPDATE OF s`,
      [channels, values],
    );
    const states = held.map(({ channel, address, state }) => {
      const heard = byAddress.get(JSON.stringify([channel, address])) ?? [];
      return JSON.stringify(heard.reduce((known, { news }) => hearOfAddress(known, news), state));
    });
    await tx.query(
      `UPDATE address_state s SET state = t.state::json
       FROM unnest($1::text[], $2::text[], $3::text[]) AS t(channel, address, state)
       WHERE s.channel = t.channel AND s.address = t.address`,
      [held.map(({ channel }) => channel), held.map(({ address }) => address), states],
    );
  }
}
