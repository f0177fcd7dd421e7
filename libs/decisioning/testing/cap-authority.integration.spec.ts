import { Logger } from '@nestjs/common';
import { newId } from '@repartee/platform';
import { createTestDatabase, ManualClock, type TestDatabase } from '@repartee/platform/testing';
import { CapAuthority, CAPS_UNAVAILABLE } from '../src/api/cap-authority.js';
import { decisioningEntities, decisioningMigrations } from '../src/index.js';
import { CapStore, ReceiptStore, Rosters, type CapQuestion } from '../src/persistence/index.js';

const AT = Date.UTC(2026, 0, 15);
const LIMIT = 10;

/** A database that fails for as long as it is told to. */
class FailingStore extends CapStore {
  down = false;
  statements = 0;

  override ask(...asked: Parameters<CapStore['ask']>): ReturnType<CapStore['ask']> {
    this.statements += 1;
    return this.down ? Promise.reject(new Error('connection refused')) : super.ask(...asked);
  }
}

/** A decision that wants so many displays, each for an offer of its own. */
function question(amounts: number[], profileId: string | null = null): CapQuestion {
  const decisionId = newId();
  return {
    requests: amounts.map((amount, place) => ({
      decisionId,
      offer: `offer-${place}`,
      status: 'held',
      expiresAt: AT + 60_000,
      claims: [{ cap: 'all', person: '', bucket: '', limit: LIMIT, amount }],
    })),
    receipt: { id: decisionId, at: AT, profileId, receipt: `{"v":3,"id":"${decisionId}","s":"{[\\"é\\t"}` },
  };
}

describe('the authority over hard caps', () => {
  let db: TestDatabase;
  let store: FailingStore;
  let authority: CapAuthority;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    db = await createTestDatabase({ entities: decisioningEntities, migrations: decisioningMigrations });
  });
  beforeEach(async () => {
    await db.database.query('TRUNCATE cap_counter, cap_reservation, decision_receipt');
    store = new FailingStore(db.database);
    const receipts = new ReceiptStore(db.database);
    authority = new CapAuthority(store, receipts, new Rosters(db.database), new ManualClock(AT));
  });
  afterAll(() => db.drop());

  const taken = async () => {
    const [row] = await db.database.query<{ used: string }>('SELECT used FROM cap_counter');
    return Number(row?.used ?? 0);
  };
  const recorded = async () => {
    const rows = await db.database.query<{ id: string; receipt: string }>(
      'SELECT id, receipt::text AS receipt FROM decision_receipt ORDER BY id',
    );
    return rows.map(({ id, receipt }) => [id, receipt]);
  };

  it('takes room and records the decision, both or neither, as they are', async () => {
    const [full, partly, small] = [question([4, 4]), question([1, 9]), question([1])];
    const answers = await Promise.all([full, partly, small].map((one) => authority.ask(one)));
    expect(answers).toEqual([
      { refused: [null, null], settled: true },
      { refused: [null, 'all'], settled: false },
      { refused: [null], settled: true },
    ]);
    expect(await taken()).toBe(10);
    expect(await recorded()).toEqual([full, small].map(({ receipt }) => [receipt?.id, receipt?.receipt]));
  });

  it('asks once for all who ask at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => authority.ask(question([1]))));
    expect(answers.filter(({ settled }) => settled)).toHaveLength(LIMIT);
    expect(await recorded()).toHaveLength(LIMIT);
    expect(store.statements).toBeLessThanOrEqual(2);
  });

  it('leaves one alone that cannot be recorded, and takes nothing for it', async () => {
    const asked = [question([1]), question([1], 'not a uuid'), question([1])];
    const answers = await Promise.all(asked.map((one) => authority.ask(one)));
    expect(answers.map(({ settled }) => settled)).toEqual([true, false, true]);
    expect(answers[1]?.refused).toEqual([CAPS_UNAVAILABLE]);
    expect([await taken(), (await recorded()).length]).toEqual([2, 2]);
  });

  it('records a decision that needs no more room, and room for one without a receipt', async () => {
    const { receipt } = question([]);
    expect(await authority.ask({ requests: [], ...(receipt && { receipt }) })).toEqual({
      refused: [],
      settled: true,
    });
    expect(await authority.ask({ requests: question([3]).requests })).toEqual({
      refused: [null],
      settled: true,
    });
    expect([await taken(), (await recorded()).length]).toEqual([3, 1]);
  });

  it('refuses everything while the database does not answer', async () => {
    store.down = true;
    expect(await authority.ask(question([1, 1]))).toEqual({
      refused: [CAPS_UNAVAILABLE, CAPS_UNAVAILABLE],
      settled: false,
    });
    store.down = false;
    expect(await authority.ask(question([1]))).toEqual({ refused: [null], settled: true });
  });

  it('takes and records in a transaction, and only if it commits', async () => {
    const rolledBack = db.database.transaction(async (tx) => {
      expect((await authority.ask(question([1]), tx)).settled).toBe(true);
      throw new Error('no');
    });
    await expect(rolledBack).rejects.toThrow('no');
    expect([await taken(), await recorded()]).toEqual([0, []]);
    await db.database.transaction((tx) => authority.ask(question([1]), tx));
    expect([await taken(), (await recorded()).length]).toEqual([1, 1]);
  });
});
