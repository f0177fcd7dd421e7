import { type Bus, Housekeeping, newId } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { STRANGER } from '@repartee/profile/domain';
import { Detection } from './detection.js';
import { detectionMigrations } from './persistence/detection.migrations.js';
import { detectionEntities } from './persistence/detection.entities.js';
import { ReactionTimers } from './persistence/reaction-timers.js';
import { Reactions } from './persistence/reactions.js';

const DAY = 86_400_000;
const onOrder = { on: { event: 'Order Completed' }, action: { channel: 'email', zone: 'email.main' } };

describe('detection', () => {
  const clock = new ManualClock();
  let db: TestDatabase;
  let detection: Detection;

  beforeAll(async () => {
    db = await createTestDatabase({ entities: detectionEntities, migrations: detectionMigrations });
    const bus: Bus = { publish: () => Promise.resolve() };
    const reactions = new Reactions(db.database, clock, new Housekeeping());
    detection = new Detection(clock, reactions, new ReactionTimers(db.database, clock, bus));
    const documents = [
      { ...onOrder, key: 'monthly', once: 'P30D' },
      { ...onOrder, key: 'always' },
    ];
    await db.database.transaction((tx) => reactions.apply(tx, documents, { prune: true, revision: 1 }));
    await reactions.reload();
  });
  afterAll(() => db.drop());

  /** So many messages about one person, handled at the same time. Returns how many went ahead. */
  async function claimAtOnce(reaction: string, profileId: string, messages: number): Promise<number> {
    const claims = Array.from({ length: messages }, () => {
      const due = { reaction, profileId, eventId: newId(), triggeredAt: clock.now() };
      return db.database.transaction(async (tx) => {
        const claimed = await detection.claim(tx, due, { ...STRANGER, id: profileId }, [profileId]);
        // The others get far enough to have looked as well.
        await new Promise((resolve) => setTimeout(resolve, 20));
        return 'reaction' in claimed;
      });
    });
    return (await Promise.all(claims)).filter(Boolean).length;
  }

  it('goes ahead once within the time, also for messages that are handled at the same time', async () => {
    const person = newId();
    expect(await claimAtOnce('monthly', person, 5)).toBe(1);
    expect(await claimAtOnce('monthly', person, 5)).toBe(0);
    expect(await claimAtOnce('monthly', newId(), 5)).toBe(1);
    clock.advance(30 * DAY);
    expect(await claimAtOnce('monthly', person, 5)).toBe(1);
  });

  it('goes ahead every time where nothing limits it', async () => {
    const person = newId();
    expect(await claimAtOnce('always', person, 5)).toBe(5);
    expect(await claimAtOnce('always', person, 5)).toBe(5);
  });
});
