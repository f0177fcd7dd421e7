import { Housekeeping, newId } from '@repartee/platform';
import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import { ChangeFeed } from './change-feed.js';
import { ProfileCache } from './profile-cache.js';
import { profileEntities } from './profile.entities.js';
import { profileMigrations } from './profile.migrations.js';

let db: TestDatabase;
let feeds: Process[];

/** What a process has of golden records. */
class Process {
  readonly evicted: string[] = [];
  readonly housekeeping = new Housekeeping();
  readonly feed: ChangeFeed;

  constructor() {
    const cache = new ProfileCache({
      stamp: 0,
      of: () => {
        throw new Error('nobody looks');
      },
    });
    const evict = cache.evict.bind(cache);
    cache.evict = (id) => {
      this.evicted.push(id);
      evict(id);
    };
    this.feed = new ChangeFeed(db.database, cache, this.housekeeping);
  }

  async start(): Promise<this> {
    feeds.push(this);
    await this.feed.onModuleInit();
    return this;
  }

  async stop(): Promise<void> {
    await this.housekeeping.beforeApplicationShutdown();
    await this.feed.beforeApplicationShutdown();
  }

  shows(seq: number): Promise<boolean> {
    return this.feed.visibleEverywhere(seq, performance.now() + 3000);
  }
}

/** As golden records do: the number and the change, in one transaction. */
async function change(profileId: string): Promise<number> {
  const [row] = await db.database.query<{ seq: string }>(
    `WITH next AS (UPDATE profile_change_counter SET seq = seq + 1 RETURNING seq),
     change AS (INSERT INTO profile_change SELECT seq, ARRAY[$1::uuid], now() FROM next)
     SELECT seq FROM next`,
    [profileId],
  );
  return Number(row?.seq);
}

/** A process learns within a lease who has come, and who has gone. */
const untilNoticed = () => new Promise((resolve) => setTimeout(resolve, 1500));

beforeEach(async () => {
  db = await createTestDatabase({ entities: profileEntities, migrations: profileMigrations });
  feeds = [];
});
afterEach(async () => {
  for (const one of feeds) await one.stop();
  await db.drop();
});

describe('changes of golden records', () => {
  it('show everywhere once all processes have dropped what changed', async () => {
    const [one, other] = [await new Process().start(), await new Process().start()];
    await untilNoticed();
    const id = newId();
    const seq = await change(id);
    one.feed.committed(seq);
    expect(await one.shows(seq)).toBe(true);
    expect(other.evicted).toEqual([id]);
  });

  it('of a process that has stopped are made up for by those that go on', async () => {
    const [one, other] = [await new Process().start(), await new Process().start()];
    await untilNoticed();
    await other.stop();
    feeds.pop();
    await untilNoticed();
    const last = newId();
    await change(last);
    const own = await change(newId());
    one.feed.committed(own);
    expect(await one.shows(own)).toBe(true);
    expect(one.evicted).toEqual([last]);
  });
});
