import { newId } from '@repartee/platform';
import { createTestDatabase, type TestDatabase } from '@repartee/platform/testing';
import fc from 'fast-check';
import { decisioningEntities, decisioningMigrations } from '../src/index.js';
import { CapStore, type CapRequest } from '../src/persistence/index.js';

/** Two caps over four kinds of offers; one offer stands under both. */
const LIMITS = { all: 4, some: 2 } as const;
type Cap = keyof typeof LIMITS;
const OFFERS: Record<string, Partial<Record<Cap, number>>> = {
  plain: { all: 1 },
  both: { all: 1, some: 1 },
  dear: { some: 2 },
  huge: { all: 5 },
};

interface Reservation {
  request: CapRequest;
  taken: Partial<Record<Cap, 'held' | 'confirmed'>>;
}

/** What the counters should do, in the plainest words. */
class Model {
  now = 1_000_000;
  reservations: Reservation[] = [];

  used(cap: Cap): number {
    return this.reservations.reduce(
      (sum, { request, taken }) => sum + (taken[cap] ? amountOf(request, cap) : 0),
      0,
    );
  }

  /** @returns whether it fits */
  reserve(request: CapRequest): boolean {
    this.reclaim(request.claims.map(({ cap }) => cap as Cap));
    const fits = request.claims.every(({ cap, amount, limit }) => this.used(cap as Cap) + amount <= limit);
    if (fits)
      this.reservations.push({
        request,
        taken: Object.fromEntries(request.claims.map(({ cap }) => [cap, 'held'])),
      });
    return fits;
  }

  /** Whoever asks for a cap gives back what ran out of it. */
  reclaim(caps: Cap[]): void {
    for (const { request, taken } of this.reservations)
      for (const cap of caps) if (taken[cap] === 'held' && request.expiresAt <= this.now) delete taken[cap];
  }

  confirm({ request, taken }: Reservation): void {
    for (const cap of Object.keys(taken) as Cap[]) taken[cap] = 'confirmed';
    const lost = request.claims.filter(({ cap }) => taken[cap as Cap] === undefined);
    if (lost.length === 0) return;
    this.reclaim(request.claims.map(({ cap }) => cap as Cap));
    if (lost.every(({ cap, amount, limit }) => this.used(cap as Cap) + amount <= limit))
      for (const { cap } of lost) taken[cap as Cap] = 'confirmed';
  }

  release({ taken }: Reservation, confirmedToo: boolean): void {
    for (const cap of Object.keys(taken) as Cap[])
      if (confirmedToo || taken[cap] === 'held') delete taken[cap];
  }
}

function amountOf(request: CapRequest, cap: Cap): number {
  return request.claims.find((claim) => claim.cap === cap)?.amount ?? 0;
}

type Step =
  | { do: 'reserve'; offers: string[]; hold: number }
  | { do: 'confirm' | 'release' | 'takeBack'; which: number }
  | { do: 'wait'; time: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('reserve' as const),
    offers: fc.array(fc.constantFrom(...Object.keys(OFFERS)), { minLength: 1, maxLength: 3 }),
    hold: fc.integer({ min: 1, max: 9 }),
  }),
  fc.record({
    do: fc.constantFrom('confirm' as const, 'release' as const, 'takeBack' as const),
    which: fc.nat(20),
  }),
  fc.record({ do: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 5 }) }),
);

describe('the counters of hard caps', () => {
  let db: TestDatabase;
  let store: CapStore;

  beforeAll(async () => {
    db = await createTestDatabase({ entities: decisioningEntities, migrations: decisioningMigrations });
    store = new CapStore(db.database);
  });
  afterAll(() => db.drop());
  beforeEach(() => db.database.query('TRUNCATE cap_counter, cap_reservation'));

  const request = (offer: string, expiresAt: number, more: Partial<CapRequest> = {}): CapRequest => ({
    decisionId: newId(),
    offer,
    status: 'held',
    expiresAt,
    claims: Object.entries(OFFERS[offer] ?? {}).map(([cap, amount]) => ({
      cap,
      person: '',
      bucket: '',
      limit: LIMITS[cap as Cap],
      amount,
    })),
    ...more,
  });
  const used = async () => {
    const rows = await db.database.query<{ cap: string; used: string }>('SELECT cap, used FROM cap_counter');
    return Object.fromEntries(rows.map((row) => [row.cap, Number(row.used)]));
  };

  async function play(model: Model, one: Step): Promise<void> {
    if (one.do === 'wait') {
      model.now += one.time * 1000;
    } else if (one.do === 'reserve') {
      const asked = one.offers.map((offer) => request(offer, model.now + one.hold * 1000));
      const granted = asked.map((each) => model.reserve(each));
      const answers = await store.reserve(asked, model.now);
      expect(answers.map((refused) => refused === null)).toEqual(granted);
    } else {
      const reservation = model.reservations[one.which % Math.max(1, model.reservations.length)];
      if (!reservation) return;
      const { request: asked } = reservation;
      if (one.do === 'confirm') {
        model.confirm(reservation);
        const lost = await store.confirm([asked]);
        if (lost.length > 0) await store.reserve([{ ...asked, status: 'confirmed' }], model.now);
      } else {
        model.release(reservation, one.do === 'takeBack');
        await store.release([asked], model.now, { confirmed: one.do === 'takeBack' });
      }
    }
    const counted = await used();
    for (const cap of ['all', 'some'] as const) {
      expect(counted[cap] ?? 0).toBe(model.used(cap));
      expect(model.used(cap)).toBeLessThanOrEqual(LIMITS[cap]);
    }
  }

  it('go as the model does, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        await db.database.query('TRUNCATE cap_counter, cap_reservation');
        const model = new Model();
        for (const one of steps) await play(model, one);
      }),
      { numRuns: 60 },
    );
  });

  it('are never more than the limit, however many ask at once', async () => {
    const asked = Array.from({ length: 40 }, (_, index) => request(index % 2 ? 'plain' : 'both', 2_000_000));
    const answers = await Promise.all(
      asked.map((one) => store.reserve([one, { ...one, decisionId: newId() }], 1_000_000)),
    );
    const granted = answers.flat().filter((refused) => refused === null).length;
    expect(granted).toBe(4);
    expect((await used())['all']).toBe(4);
    await Promise.all(asked.map((one) => store.release([one], 1_000_000, { confirmed: true })));
    const rest = await db.database.query(`SELECT * FROM cap_reservation WHERE status = 'held'`);
    expect((await used())['all']).toBe(rest.filter((row) => row['cap'] === 'all').length);
  });

  it('say which cap refused, and keep what is held already', async () => {
    const first = request('both', 2_000_000);
    expect(
      await store.reserve([first, request('dear', 2_000_000), request('huge', 2_000_000)], 1_000_000),
    ).toEqual([null, 'some', 'all']);
    expect(await store.reserve([{ ...first, expiresAt: 3_000_000 }], 1_000_000)).toEqual([null]);
    expect(await used()).toEqual({ all: 1, some: 1 });
    expect(await store.usage('all', 2_500_000, 9)).toEqual([
      { person: '', bucket: '', used: '1', held: '1' },
    ]);
    expect(await store.usage('all', 3_000_000, 9)).toEqual([
      { person: '', bucket: '', used: '0', held: '0' },
    ]);
  });

  it('are tidied: what ran out is given back, what is settled is forgotten, what counts stays', async () => {
    const DAY = 86_400_000;
    const [old, shown, young] = [request('plain', 0), request('plain', 0), request('plain', 500 * DAY)];
    await store.reserve([old, shown, young], -1);
    await store.confirm([shown]);
    await store.tidy(2 * DAY);
    expect(await used()).toEqual({ all: 2 });
    await store.tidy(500 * DAY);
    const left = await db.database.query('SELECT decision_id FROM cap_reservation');
    expect(left).toEqual([{ decision_id: young.decisionId }]);
    expect(await used()).toEqual({ all: 2 });
  });

  it('are looked up by their keys, however small their tables seem', async () => {
    const [before, after] = await db.database.transaction(async (tx) => {
      const scans = () =>
        tx.query(
          `SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname IN ('cap_counter', 'cap_reservation')`,
        );
      const known = await scans();
      for (let asked = 0; asked < 10; asked += 1)
        await store.reserve([request('both', 100), request('plain', 1)], asked, tx);
      return [known, await scans()];
    });
    expect(after).toEqual(before);
    expect(after).toHaveLength(2);
  });

  it('follow a person whose profiles are joined', async () => {
    const claim = { cap: 'mine', bucket: '', limit: 3, amount: 1 };
    const of = (person: string) => request('x', 2_000_000, { claims: [{ ...claim, person }] });
    const [a, b, c] = [of('a'), of('b'), of('a')];
    expect(await store.reserve([a, b, c], 1_000_000)).toEqual([null, null, null]);
    await db.database.transaction((tx) => store.movePerson('a', 'b', tx));
    expect(await store.reserve([of('b')], 1_000_000)).toEqual(['mine']);
    await store.release([a], 1_000_000, { confirmed: false });
    expect(await store.reserve([of('b'), of('b')], 1_000_000)).toEqual([null, 'mine']);
  });
});
