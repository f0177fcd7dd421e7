import { PersonalDataHolders } from '@repartee/governance';
import { Housekeeping, Metrics, type Transaction } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import fc from 'fast-check';
import { MatchModels } from './api/matching/match-models.js';
import { StreamingMatcher } from './api/matching/streaming-matcher.js';
import type { IdentityEvent, SourceFields } from './domain/index.js';
import { IdentityPolicies } from './identity-policies.js';
import { IdentityResolver } from './identity-resolver.js';
import { identityMigrations } from './persistence/create-identity.migration.js';
import { GraphStore } from './persistence/graph-store.js';
import { identityEntities } from './persistence/identity.entities.js';
import { MatchEdges } from './persistence/match-edges.js';
import { MatchModelStore } from './persistence/match-model-store.js';
import { IdentityPersonalData } from './persistence/personal-data.js';
import { ProfileAliases } from './persistence/profile-aliases.js';
import { RematchBacklog } from './persistence/rematch-backlog.js';
import { ReviewStore } from './persistence/review-store.js';
import { SourceRecords } from './persistence/source-records.js';

const TABLES =
  'identifier, identity_link, profile_alias, profile_merge, source_record, source_record_block, match_edge, match_review, rematch_backlog';

let db: TestDatabase;
let clock: ManualClock;
beforeAll(async () => {
  db = await createTestDatabase({ entities: identityEntities, migrations: identityMigrations });
  clock = new ManualClock();
});
afterAll(() => db.drop());

function matcherOf(largest: number): StreamingMatcher {
  const models = new MatchModels(db.database, new Housekeeping());
  return new StreamingMatcher(new SourceRecords(), new MatchEdges(), models, largest);
}

/** A world of its own in an empty database, with few records in a block at most. */
async function emptyWorld(largest: number): Promise<IdentityResolver> {
  await db.database.query(`TRUNCATE ${TABLES}`);
  const metrics = new Metrics({ defaults: false });
  const matcher = matcherOf(largest);
  const policies = IdentityPolicies.read('{"crm_id": {"limit": 3}, "email": {"limit": 2}}');
  if (!policies.ok) throw new Error(policies.failure);
  const reviews = new ReviewStore(clock, db.database);
  return new IdentityResolver(
    new GraphStore(),
    new ProfileAliases(),
    reviews,
    policies.value,
    matcher,
    metrics,
  );
}

async function tell(resolver: IdentityResolver, events: IdentityEvent[]): Promise<void> {
  if (events.length > 0)
    await db.database.transaction((tx) => resolver.resolve(tx, events, async () => undefined));
}

/**
 * What golden records do when somebody was parted: who owns something lives, and events of the past that are nobody's
 * any more make a profile of their own.
 */
async function settle(resolver: IdentityResolver, past: IdentityEvent[]): Promise<void> {
  await db.database.query('DELETE FROM profile_alias WHERE merged_id IN (SELECT profile_id FROM identifier)');
  const rows = await db.database.query<{ key: string }>(
    `SELECT namespace || ':' || value AS key FROM identifier WHERE profile_id IS NULL`,
  );
  const nobodys = new Set(rows.map(({ key }) => key));
  await tell(
    resolver,
    past.filter((event) => nobodys.has(resolver.anchorsOf(event)[0] ?? '')),
  );
}

/** The identifiers of each person. */
async function people(): Promise<string[]> {
  const rows = await db.database.query<{ person: string }>(
    `SELECT string_agg(namespace || ':' || value, ' ' ORDER BY namespace, value) AS person
     FROM identifier WHERE profile_id IS NOT NULL GROUP BY profile_id ORDER BY 1`,
  );
  return rows.map(({ person }) => person);
}

/** The matches, with all that the partition asks of them. */
async function matches(): Promise<string[]> {
  const rows = await db.database.query<{ match: string }>(
    `SELECT least(a, b) || ' ' || greatest(a, b) || ' ' || weight || ' ' || at AS match FROM match_edge ORDER BY 1`,
  );
  return rows.map(({ match }) => match);
}

async function outcome(largest: number, batches: IdentityEvent[][]) {
  const resolver = await emptyWorld(largest);
  for (const [index, batch] of batches.entries()) {
    await tell(resolver, batch);
    await settle(resolver, batches.slice(0, index + 1).flat());
  }
  return { people: await people(), matches: await matches() };
}

const GIVEN = ['Annabel', 'Anabel', 'Gregor', 'Morag'];
const FAMILY = ['Whitcombe', 'Whitcomb', 'Quillfeather'];
const BORN = ['1974-03-19', '1974-03-29', '1951-11-02'];
const POSTAL = ['3350', '7000'];
const EMAIL = ['ann@example.org', 'home@example.org'];
const some = (values: readonly string[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 6 });
const fields = fc
  .record({
    first_name: some(GIVEN),
    last_name: some(FAMILY),
    date_of_birth: some(BORN),
    postal_code: some(POSTAL),
  })
  .map(
    (drawn) =>
      Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)) as SourceFields,
  );
const drawn = fc.record({
  crm: fc.integer({ min: 1, max: 8 }),
  email: fc.option(fc.constantFrom(...EMAIL), { nil: undefined, freq: 3 }),
  at: fc.integer({ min: 1, max: 20 }),
  source: fc.constantFrom('shop', 'shop', 'branch'),
  fields,
});
const eventId = (index: number) => `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`;
const events = fc.array(drawn, { minLength: 2, maxLength: 11 }).map((all) =>
  all.map(({ crm, email, at, source, fields: said }, index): IdentityEvent => {
    const own = { namespace: 'crm_id', value: `c${crm}` };
    const identifiers = email === undefined ? [own] : [own, { namespace: 'email', value: email }];
    return { id: eventId(index), at, verified: true, identifiers, statement: { source, fields: said } };
  }),
);

describe('what trusted sources say, in any order, one at a time or all at once', () => {
  it('comes to the same matches and the same people, also where blocks grow too large and shrink again', async () => {
    const world = events.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.nat(all.length),
        fc.constantFrom(2, 3, 5, 100),
      ),
    );
    await fc.assert(
      fc.asyncProperty(world, async ([all, shuffled, cut, largest]) => {
        const atOnce = await outcome(largest, [all]);
        const oneByOne = shuffled.map((event) => [event]);
        expect(await outcome(largest, oneByOne)).toEqual(atOnce);
        const inTwo = [shuffled.slice(0, cut), shuffled.slice(cut)];
        expect(await outcome(largest, inTwo)).toEqual(atOnce);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

/** Erases one person, and compares again whom that concerns. @returns the keys that were theirs */
async function erase(resolver: IdentityResolver, largest: number, nth: number): Promise<string[]> {
  const owned = await db.database.query<{ profileId: string; keys: string[] }>(
    `SELECT profile_id AS "profileId", array_agg(namespace || ':' || value) AS keys FROM identifier
     WHERE profile_id IS NOT NULL GROUP BY profile_id ORDER BY min(value)`,
  );
  const one = owned[nth % owned.length];
  if (!one) return [];
  const backlog = new RematchBacklog(largest);
  const models = new MatchModelStore(db.database, clock);
  const holder = new IdentityPersonalData(new PersonalDataHolders(), db.database, models, backlog);
  const subject = { profileIds: [one.profileId], identifiers: [], spellings: [], events: [] };
  const again = async (tx: Transaction) => {
    const { seeds } = await matcherOf(largest).rematch(tx, await backlog.take(tx, 50));
    if (seeds.length > 0) await resolver.rework(tx, seeds, async () => undefined);
  };
  await db.database.transaction((tx) => holder.erase(tx, subject));
  await db.database.transaction(again);
  return one.keys;
}

describe('who is erased', () => {
  it('leaves the others as if they had never been there, also where a block links again', async () => {
    const anonymous = events.map((all) =>
      all.map(({ identifiers, ...event }) => ({ ...event, identifiers: identifiers.slice(0, 1) })),
    );
    const world = fc.tuple(anonymous, fc.nat(10), fc.constantFrom(2, 3, 5));
    await fc.assert(
      fc.asyncProperty(world, async ([all, nth, largest]) => {
        const resolver = await emptyWorld(largest);
        await tell(resolver, all);
        const gone = new Set(await erase(resolver, largest, nth));
        const left = { people: await people(), matches: await matches() };
        const others = all.filter((event) => !resolver.keysOf(event).some((key) => gone.has(key)));
        expect(left).toEqual(await outcome(largest, [others]));
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
