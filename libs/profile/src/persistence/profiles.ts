import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { GraphStore } from '@repartee/identity';
import { type Identifier, keyOf, parseIdentifier } from '@repartee/identity/domain';
import { Database } from '@repartee/platform';
import type { GoldenRecord } from '../domain/golden-record.js';
import { ChangeFeed } from './change-feed.js';
import { CachedProfile, ProfileCache } from './profile-cache.js';
import { RecordViews } from './record-views.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const BY_ID = `
  SELECT p.record FROM profile p
  WHERE p.id = coalesce((SELECT merged_into FROM profile WHERE id = $1), $1)`;
const BY_IDENTIFIER = `
  SELECT p.record FROM identifier i JOIN profile p ON p.id = i.profile_id
  WHERE i.namespace = $1 AND i.value = $2 AND (i.shared_at IS NULL OR i.namespace = 'anonymous_id')
  ORDER BY i.since DESC LIMIT 1`;

/** Reads golden records: from memory where that may be trusted, else from the database. */
@Injectable()
export class Profiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProfileCache) private readonly cache: ProfileCache,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(RecordViews) private readonly views: RecordViews,
    @Inject(GraphStore) private readonly graph: GraphStore,
  ) {}

  /** The profile that owns an identifier, when this process has it in memory. No waiting, no database. */
  recall({ namespace, value }: Identifier): CachedProfile | undefined {
    return this.feed.trusted ? this.cache.find(namespace, value) : undefined;
  }

  /** The profile that owns an identifier. */
  async findByIdentifier(identifier: Identifier): Promise<CachedProfile | undefined> {
    return (
      this.recall(identifier) ??
      this.read(BY_IDENTIFIER, [identifier.namespace, identifier.value], 'profile.by-identifier')
    );
  }

  /** The profile of an id; of the survivor, when that profile was merged away. */
  async findById(id: string): Promise<CachedProfile | undefined> {
    const held = this.feed.trusted ? this.cache.get(id) : undefined;
    return held ?? this.read(BY_ID, [id], 'profile.by-id');
  }

  /** Finds by what a URL says: an id or `namespace:value`. */
  async find(reference: string): Promise<Result<CachedProfile>> {
    if (UUID.test(reference)) return found(await this.findById(reference));
    const identifier = parseIdentifier(reference);
    return identifier.ok ? this.findOne(identifier.value) : identifier;
  }

  /** The one profile that owns an identifier; `PROFILE.AMBIGUOUS` with the candidates where too many people have it. */
  async findOne(identifier: Identifier): Promise<Result<CachedProfile>> {
    const held = this.recall(identifier);
    if (held) return ok(held);
    const candidates = await this.graph.sharedAmong(this.database, keyOf(identifier));
    if (candidates) {
      const detail = `More people than one have this ${identifier.namespace}.`;
      return fail(failure('PROFILE.AMBIGUOUS', detail, { extra: { candidates } }));
    }
    return found(await this.findByIdentifier(identifier));
  }

  private async read(sql: string, parameters: unknown[], name: string): Promise<CachedProfile | undefined> {
    const readStarted = this.cache.readStarted();
    const [row] = await this.database.query<{ record: GoldenRecord }>(sql, parameters, name);
    if (!row) return undefined;
    return this.feed.trusted
      ? this.cache.put(row.record, readStarted)
      : new CachedProfile(row.record, this.views);
  }
}

function found(profile: CachedProfile | undefined): Result<CachedProfile> {
  return profile
    ? ok(profile)
    : fail(failure('PROFILE.NOT_FOUND', 'Nobody is known by this id or identifier.'));
}
