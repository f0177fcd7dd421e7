import { Injectable } from '@nestjs/common';
import { RetryTransactionError, type Transaction } from '@repartee/platform';
import type { Identifier } from '../domain/identifier.js';
import {
  type GraphChanges,
  IdentityGraph,
  type Merge,
  type OwnershipChange,
} from '../domain/identity-graph.js';

interface Row {
  namespace: string;
  value: string;
  profile_id: string;
  verified: boolean;
}

/** All identifiers of all profiles that own one of those asked for. */
const LOAD = `
  SELECT held.namespace, held.value, held.profile_id, held.verified
  FROM identifier held
  WHERE held.profile_id IN (
    SELECT asked.profile_id FROM identifier asked
    JOIN unnest($1::text[], $2::text[]) AS wanted(namespace, value)
      ON asked.namespace = wanted.namespace AND asked.value = wanted.value)`;

/** The identity graph in PostgreSQL. */
@Injectable()
export class IdentityStore {
  /** The part of the graph that events with these identifiers can touch. */
  async load(
    tx: Transaction,
    identifiers: Identifier[],
  ): Promise<{ graph: IdentityGraph; known: OwnershipChange[] }> {
    const rows = await tx.query<Row>(
      LOAD,
      [
        identifiers.map((identifier) => identifier.namespace),
        identifiers.map((identifier) => identifier.value),
      ],
      'identity.load',
    );
    const known = rows.map(({ namespace, value, profile_id, verified }) => ({
      namespace,
      value,
      profileId: profile_id,
      verified,
    }));
    return { graph: new IdentityGraph(known), known };
  }

  /** Writes what a batch changed. Another process that took the same new identifier makes the batch run again. */
  async save(tx: Transaction, changes: GraphChanges, known: OwnershipChange[]): Promise<void> {
    const existing = new Set(known.map((held) => `${held.namespace}:${held.value}`));
    const owned = [...changes.owned.entries()];
    await this.insert(
      tx,
      owned.filter(([key]) => !existing.has(key)).map(([, change]) => change),
    );
    await this.update(
      tx,
      owned.filter(([key]) => existing.has(key)).map(([, change]) => change),
    );
    for (const merge of changes.merges) await this.recordMerge(tx, merge);
    if (changes.refused.length > 0) await this.recordRefusals(tx, changes);
  }

  /** The living profiles behind ids of profiles that were merged away; ids that were not are left out. */
  async survivorsOf(tx: Pick<Transaction, 'query'>, profileIds: string[]): Promise<Map<string, string>> {
    if (profileIds.length === 0) return new Map();
    const rows = await tx.query<{ merged_id: string; survivor_id: string }>(
      'SELECT merged_id, survivor_id FROM profile_alias WHERE merged_id = ANY($1::uuid[])',
      [profileIds],
    );
    return new Map(rows.map((row) => [row.merged_id, row.survivor_id]));
  }

  private async insert(tx: Transaction, changes: OwnershipChange[]): Promise<void> {
    if (changes.length === 0) return;
    const inserted = await tx.query(
      `INSERT INTO identifier (namespace, value, profile_id, verified, origin_profile_id)
       SELECT namespace, value, profile_id, verified, profile_id
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::boolean[]) AS t(namespace, value, profile_id, verified)
       ORDER BY namespace, value
       ON CONFLICT DO NOTHING RETURNING 1`,
      columns(changes),
      'identity.insert',
    );
    if (inserted.length < changes.length)
      throw new RetryTransactionError('an identifier was taken meanwhile');
  }

  private async update(tx: Transaction, changes: OwnershipChange[]): Promise<void> {
    if (changes.length === 0) return;
    await tx.query(
      `UPDATE identifier SET profile_id = t.profile_id, verified = t.verified
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::boolean[]) AS t(namespace, value, profile_id, verified)
       WHERE identifier.namespace = t.namespace AND identifier.value = t.value`,
      columns(changes),
    );
  }

  private async recordMerge(tx: Transaction, merge: Merge): Promise<void> {
    await tx.query('UPDATE profile_alias SET survivor_id = $1 WHERE survivor_id = $2', [
      merge.survivor,
      merge.merged,
    ]);
    await tx.query('INSERT INTO profile_alias (merged_id, survivor_id) VALUES ($1, $2)', [
      merge.merged,
      merge.survivor,
    ]);
    await tx.query(
      `INSERT INTO profile_merge (merged_id, event_id, survivor_id, rule, merged_at) VALUES ($1, $2, $3, $4, $5)`,
      [merge.merged, merge.eventId, merge.survivor, merge.rule, new Date(merge.at)],
    );
  }

  private async recordRefusals(tx: Transaction, { refused }: GraphChanges): Promise<void> {
    await tx.query(
      `INSERT INTO refused_link (profile_id, namespace, value, reason, event_id, refused_at)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[])
       ON CONFLICT DO NOTHING`,
      [
        refused.map((link) => link.profileId),
        refused.map((link) => link.namespace),
        refused.map((link) => link.value),
        refused.map((link) => link.reason),
        refused.map((link) => link.eventId),
        refused.map((link) => new Date(link.at)),
      ],
    );
  }
}

function columns(changes: OwnershipChange[]): unknown[] {
  return [
    changes.map((change) => change.namespace),
    changes.map((change) => change.value),
    changes.map((change) => change.profileId),
    changes.map((change) => change.verified),
  ];
}
