import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, Database, Housekeeping, type Transaction } from '@repartee/platform';
import {
  compileTraitBook,
  type ComputedTraitDocument,
  documentsOf,
  type SegmentDocument,
  EMPTY_BOOK,
  readsThePast,
  type TraitBook,
  type TraitDefinition,
  type TraitDocument,
  type TraitKind,
  traitKinds,
  type TraitSection,
} from '../domain/index.js';
import { SourceRanks } from '../source-ranks.js';

/** Milliseconds between looks for definitions that another process applied. */
const LOOK = 1000;

/** Keys of what an apply changes. */
export interface TraitChanges {
  changed: string[];
  removed: string[];
}

/** How a section takes the place of what is in force. */
export interface TraitWriting {
  /** What is not named goes. */
  prune: boolean;
  /** These go, as `segment/vip`. */
  removed?: readonly string[];
  /** Asked once nobody else can write; what it throws leaves all as it is. */
  check?: (held: readonly TraitDefinition[]) => void;
}

interface StoredBook {
  revision: string;
  definitions: { kind: TraitKind | 'ranks'; key: string; document: unknown; revision: number }[];
}

/** A policy that a prune takes away: the default, from now on. */
const DEFAULT = 'most_recent';

/** The trait book in force. Whoever writes records uses one book for a whole transaction. */
@Injectable()
export class TraitBooks implements OnModuleInit {
  private book: TraitBook = EMPTY_BOOK;
  private definitions: TraitDefinition[] = [];
  /** What source ranks were when policies that hang on them were last settled, and at the last look. */
  private ranksSettled?: string;
  private ranksSeen?: string;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(SourceRanks) private readonly ranks: SourceRanks,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
    this.housekeeping.every(LOOK, 'looking for changed traits', () => this.look());
  }

  get current(): TraitBook {
    return this.book;
  }

  /** What is in force, by kind and key. */
  list(): readonly TraitDefinition[] {
    return this.definitions;
  }

  /** The computed traits in force; {@link segments} likewise. */
  computed(): ComputedTraitDocument[] {
    return documentsOf(this.definitions, 'computed') as ComputedTraitDocument[];
  }

  segments(): SegmentDocument[] {
    return documentsOf(this.definitions, 'segment') as SegmentDocument[];
  }

  /** Reads the definitions again. Within a transaction that found its book out of date, through that. */
  async reload(reader: Pick<Transaction, 'query'> = this.database): Promise<void> {
    const stored = await this.stored(reader);
    const revision = Number(stored.revision);
    if (revision < this.book.revision || (revision === this.book.revision && revision > 0)) return;
    this.ranksSettled = stored.definitions.find((one) => one.kind === 'ranks')?.document as
      string | undefined;
    this.definitions = definitionsOf(stored);
    this.book = compileTraitBook(revision, this.definitions, (source) => this.ranks.rankOf(source));
  }

  /** What an apply would change. */
  async plan(section: TraitSection, options: TraitWriting): Promise<TraitChanges> {
    return difference(definitionsOf(await this.stored(this.database)), section, options);
  }

  /**
   * Writes definitions. What needs the past is read from the log by a
   * replay that begins once the transaction commits. Call {@link reload} then.
   */
  async apply(tx: Transaction, section: TraitSection, options: TraitWriting): Promise<TraitChanges> {
    const revision = await this.nextRevision(tx);
    const held = definitionsOf(await this.stored(tx));
    options.check?.(held);
    const changes = difference(held, section, options);
    if (changes.changed.length === 0 && changes.removed.length === 0) {
      await tx.query('UPDATE profile_change_counter SET book_revision = book_revision - 1');
      return changes;
    }
    const changed = new Set(changes.changed);
    const writes = traitKinds.flatMap((kind) =>
      section[kind]
        .filter(({ key }) => changed.has(`${kind}/${key}`))
        .map((document) => ({ kind, key: document.key, document, revision })),
    );
    const removed = await this.remove(tx, changes.removed, revision);
    await this.write(tx, [...writes, ...removed, this.ranksAt(revision)]);
    const replays = changes.changed.some((name) => readsThePast(kindOf(name)));
    if (replays || changes.removed.some((name) => kindOf(name) === 'trait'))
      await this.startReplay(tx, revision);
    return changes;
  }

  /**
   * Locks the counter of changes: whoever writes records under the former book commits before, or runs again with the
   * new one. A replay that is under way holds its row before the counter; so does this.
   */
  private async nextRevision(tx: Transaction): Promise<number> {
    await tx.query('SELECT 1 FROM trait_replay WHERE finished_at IS NULL FOR UPDATE');
    const [counter] = await tx.query<{ revision: string }>(
      'UPDATE profile_change_counter SET book_revision = book_revision + 1 RETURNING book_revision AS revision',
    );
    return Number(counter?.revision);
  }

  private async remove(tx: Transaction, names: string[], revision: number): Promise<TraitDefinition[]> {
    const parts = names.map((name) => name.split('/') as [TraitKind, string]);
    const policies = parts.filter(([kind]) => kind === 'trait');
    for (const [kind, key] of parts.filter((part) => part[0] !== 'trait'))
      await tx.query('DELETE FROM trait_definition WHERE kind = $1 AND key = $2', [kind, key]);
    return policies.map(([kind, key]) => ({
      kind,
      key,
      document: { key, survivorship: DEFAULT },
      revision,
    }));
  }

  private async write(
    tx: Transaction,
    rows: { kind: string; key: string; document: unknown; revision: number }[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO trait_definition (kind, key, document, revision)
       SELECT kind, key, document::json, revision
       FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS t(kind, key, document, revision)
       ON CONFLICT (kind, key) DO UPDATE SET document = excluded.document, revision = excluded.revision`,
      [
        rows.map((row) => row.kind),
        rows.map((row) => row.key),
        rows.map((row) => JSON.stringify(row.document)),
        rows.map((row) => row.revision),
      ],
    );
  }

  private async startReplay(tx: Transaction, revision: number): Promise<void> {
    const now = new Date(this.clock.now());
    await tx.query('UPDATE trait_replay SET superseded = true, finished_at = $1 WHERE finished_at IS NULL', [
      now,
    ]);
    await tx.query(
      `INSERT INTO trait_replay (revision, started_at, superseded, done, total)
       SELECT $1, $2, false, 0, count(*) FROM profile WHERE merged_into IS NULL`,
      [revision, now],
    );
  }

  private async stored(reader: Pick<Transaction, 'query'>): Promise<StoredBook> {
    const [row] = await reader.query<StoredBook>(
      `SELECT c.book_revision AS revision,
              coalesce((SELECT json_agg(d ORDER BY d.kind, d.key) FROM trait_definition d), '[]'::json) AS definitions
       FROM profile_change_counter c`,
    );
    return row ?? { revision: '0', definitions: [] };
  }

  private async look(): Promise<void> {
    await this.reload();
    const { fingerprint } = this.ranks;
    // Seen twice: another process may be a moment ahead of this one's registry.
    const lasting = this.ranksSeen === fingerprint;
    this.ranksSeen = fingerprint;
    const ranked = this.definitions.filter(hangsOnRanks);
    if (lasting && ranked.length > 0 && this.ranksSettled !== fingerprint) await this.settleRanks(ranked);
  }

  /** Sources are ranked anew: traits that hang on it are settled again. */
  private async settleRanks(ranked: TraitDefinition[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const revision = await this.nextRevision(tx);
      const rows = ranked.map((definition) => ({ ...definition, revision }));
      await this.write(tx, [...rows, this.ranksAt(revision)]);
      await this.startReplay(tx, revision);
    });
    await this.reload();
  }

  private ranksAt(revision: number) {
    return { kind: 'ranks', key: '*', document: this.ranks.fingerprint, revision };
  }
}

function kindOf(name: string): TraitKind {
  return name.slice(0, name.indexOf('/')) as TraitKind;
}

function hangsOnRanks({ document }: TraitDefinition): boolean {
  return 'survivorship' in document && ['most_trusted', 'custom'].includes(document.survivorship);
}

function definitionsOf(stored: StoredBook): TraitDefinition[] {
  return stored.definitions.filter((one) => one.kind !== 'ranks') as TraitDefinition[];
}

function difference(
  held: readonly TraitDefinition[],
  section: TraitSection,
  { prune, removed = [] }: TraitWriting,
): TraitChanges {
  const before = new Map(held.map((one) => [`${one.kind}/${one.key}`, one.document]));
  const named = new Map<string, TraitDocument>(
    traitKinds.flatMap((kind) =>
      section[kind].map((document) => [`${kind}/${document.key}`, document] as const),
    ),
  );
  const changed = [...named]
    .filter(([name, document]) => JSON.stringify(before.get(name)) !== JSON.stringify(document))
    .map(([name]) => name);
  const gone = [...before].filter(
    ([name, document]) =>
      !named.has(name) && !('survivorship' in document && document.survivorship === DEFAULT),
  );
  const going = prune ? gone : gone.filter(([name]) => removed.includes(name));
  return { changed, removed: going.map(([name]) => name) };
}
