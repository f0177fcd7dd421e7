import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type CheckedFact, fail, failure, ok, type Result } from '@repartee/contracts';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { Bus, Clock, Database, GroupCommit, newId, type Transaction } from '@repartee/platform';
import { createHash } from 'node:crypto';
import { type AddressReport, AddressStates } from '../address-states.js';
import { consentNews } from './consent-news.js';
import { receiptNews, stopsMore } from './receipt-news.js';
import type { FactSource } from '../../fact-sources.js';

/** A fact as the store keeps it. Times in milliseconds since the epoch. */
export interface StoredFact {
  id: string;
  connector: string;
  fact: CheckedFact;
  heardAt: number;
}

/** Bus message `connector.fact`: a fact waits to be worked off. */
export interface FactDue {
  id: string;
  /** How often it was found to be early: its message is not known yet. */
  early?: number;
}

interface NewFact extends StoredFact {
  factId: string;
  source: FactSource;
}

/** Facts that may wait to become durable before a provider is asked to come again. */
const MAX_PENDING = 50_000;
const GROUP = 1000;

/** Keeps what providers report, durably before they get their reply, each report once. */
@Injectable()
export class FactStore implements OnApplicationShutdown {
  private readonly commits = new GroupCommit<NewFact>({
    maxItems: GROUP,
    write: (facts) => this.database.transaction((tx) => this.write(tx, facts)),
  });

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AddressStates) private readonly addresses: AddressStates,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.commits.drained();
  }

  /** Resolves when the facts are durable; facts of requests that arrive together share a commit. */
  async add(source: FactSource, facts: readonly CheckedFact[]): Promise<Result<void>> {
    if (facts.length === 0) return ok(undefined);
    if (this.commits.pending > MAX_PENDING)
      return fail(failure('HTTP.OVERLOADED', 'Too many reports wait to be stored.', { retryAfter: 1 }));
    await this.commits.add(this.news(source, facts));
    return ok(undefined);
  }

  /** The same in the caller's transaction, as with the cursor of a mailbox. */
  async addIn(tx: Transaction, source: FactSource, facts: readonly CheckedFact[]): Promise<void> {
    await this.write(tx, this.news(source, facts));
  }

  /** A fact that waits; undefined when it was worked off. */
  async waiting(id: string): Promise<StoredFact | undefined> {
    const [row] = await this.database.query<{
      id: string;
      connector: string;
      fact: CheckedFact;
      heard_at: Date;
    }>('SELECT id, connector, fact, heard_at FROM connector_fact WHERE id = $1 AND done_at IS NULL', [id]);
    return row && { id, connector: row.connector, fact: row.fact, heardAt: row.heard_at.getTime() };
  }

  /** Notes that a fact was worked off, together with its last effects. Twice at once, one of them gives way. */
  finish(id: string, effects?: (tx: Transaction) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const finished = await tx.query(
        'UPDATE connector_fact SET fact = NULL, done_at = $2 WHERE id = $1 AND done_at IS NULL RETURNING 1',
        [id, new Date(this.clock.now())],
      );
      if (finished.length > 0) await effects?.(tx);
    });
  }

  private news(source: FactSource, facts: readonly CheckedFact[]): NewFact[] {
    const heardAt = this.clock.now();
    return facts.map((fact) => ({
      id: newId(),
      connector: source.name,
      factId: factIdOf(fact),
      fact: withAddress(fact, source),
      heardAt,
      source,
    }));
  }

  private async write(tx: Transaction, facts: readonly NewFact[]): Promise<void> {
    const sorted = [...facts].sort((a, b) => (a.factId < b.factId ? -1 : 1));
    const added = await tx.query<{ id: string }>(
      `INSERT INTO connector_fact (id, connector, fact_id, kind, heard_at, fact)
       SELECT id, connector, fact_id, kind, heard_at, fact::json
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
         AS t(id, connector, fact_id, kind, heard_at, fact)
       ON CONFLICT (connector, fact_id) DO NOTHING RETURNING id`,
      [
        sorted.map(({ id }) => id),
        sorted.map(({ connector }) => connector),
        sorted.map(({ factId }) => factId),
        sorted.map(({ fact }) => fact.kind),
        sorted.map(({ heardAt }) => new Date(heardAt).toISOString()),
        sorted.map(({ fact }) => JSON.stringify(fact)),
      ],
      'fact.add',
    );
    const fresh = new Set(added.map(({ id }) => id));
    if (fresh.size === 0) return;
    const news = sorted.filter(({ id }) => fresh.has(id));
    // What stops holds from the moment it is durable, whoever works it off when.
    const attempted = await this.attemptedAddresses(tx, news);
    await this.addresses.hear(
      tx,
      news.flatMap((one) => reportOf(one, attempted)),
    );
    await this.bus.publish(
      tx,
      news.map(({ id }) => ({ type: 'connector.fact', subject: id, data: { id } satisfies FactDue })),
    );
  }

  /** Where attempts went that did not get through, as some reports name nothing else. */
  private async attemptedAddresses(
    tx: Transaction,
    news: readonly NewFact[],
  ): Promise<ReadonlyMap<string, string>> {
    const ids = news.flatMap(({ fact }) =>
      fact.kind === 'receipt' && stopsMore(fact) && fact.attemptId !== undefined ? fact.attemptId : [],
    );
    if (ids.length === 0) return new Map();
    const rows = await tx.query<{ id: string; address: string }>(
      `SELECT id, action->'to'->>'address' AS address FROM delivery_attempt WHERE id = ANY($1::uuid[])`,
      [ids],
      'fact.attempted',
    );
    return new Map(rows.map(({ id, address }) => [id, address]));
  }
}

/** When a fact happened: never in the future. */
export function happenedAt({ fact, heardAt }: Pick<StoredFact, 'fact' | 'heardAt'>): number {
  return fact.at === undefined ? heardAt : Math.min(Date.parse(fact.at), heardAt);
}

/** A hash: ids of providers may hold addresses, and outlive the people. */
function factIdOf(fact: CheckedFact): string {
  const { id } = fact;
  const text = id === undefined ? `content ${JSON.stringify(fact)}` : `id ${fact.kind} ${id}`;
  return createHash('sha256').update(text).digest('base64url');
}

/** Addresses as identifiers hold them; what is none stays as it is. */
function withAddress(fact: CheckedFact, { addressNamespace }: FactSource): CheckedFact {
  if (!('address' in fact) || fact.address === undefined) return fact;
  const normalised = normaliseIdentifier(addressNamespace, fact.address);
  return { ...fact, address: normalised.ok ? normalised.value.value : fact.address.trim() };
}

function reportOf(stored: NewFact, attempted: ReadonlyMap<string, string>): AddressReport[] {
  const { fact, source, id } = stored;
  const { channel } = source;
  const at = happenedAt(stored);
  if (fact.kind === 'opt-out' || fact.kind === 'opt-in')
    return [{ channel, address: fact.address, news: consentNews(fact, channel, id, at) }];
  if (fact.kind !== 'receipt' || !stopsMore(fact)) return [];
  const address = fact.address ?? attempted.get(fact.attemptId ?? '');
  const news = receiptNews(fact, channel, id, at);
  return address === undefined || !news ? [] : [{ channel, address, news }];
}
