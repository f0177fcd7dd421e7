import { LearningFeed } from '@repartee/learning';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const RECEIPTS = 10_000;
const PEOPLE = 400;
const HOUR = 3_600_000;

interface Answer {
  decisionId: string;
  zones: { offers: { offer: string; token: string }[] }[];
}
interface Replayed {
  outcome: string;
  differences?: { offer: string; field: string }[];
  propensities?: { recomputed: number; asRecorded: number };
}

const DRINKS = ['tea', 'coffee', 'cocoa'];
const catalogue = (tea: string) => ({
  version: 1,
  zones: ['hero', 'side'].map((key) => ({ key, channel: 'web' })),
  offers: [
    ...DRINKS.map((key, index) => ({
      key,
      name: key,
      value: 5 + index / 3,
      repeatable: true,
      afterReject: 'nothing',
      contextWeights: [{ when: 'context.hour >= 12', weight: 1.5 }],
    })),
    { key: 'second', name: 'second', value: 4, eligibility: 'profile.computed.orders_count > 1' },
    { key: 'gift', name: 'gift', value: 9, eligibility: tea, lever: 20 },
  ],
  treatments: [...DRINKS, 'second', 'gift'].map((offer) => ({
    key: `${offer}-web`,
    offer,
    channel: 'web',
    zones: ['hero', 'side'],
    content: { headline: offer },
  })),
});

describe('decisions taken again', () => {
  const clock = new ManualClock();
  let core: CoreUnderTest;
  const made: string[] = [];
  const person = (n: number) => ({ userId: `person-${n % PEOPLE}` });
  const decide = async (n: number) => {
    const { body } = await core.call<Answer>('/v1/decisions', {
      body: {
        identifiers: n % 7 === 0 ? { anonymousId: `nobody-${n}` } : person(n),
        channel: 'web',
        zones: [{ zone: 'hero', count: 2 }, { zone: 'side' }],
        context: { hour: n % 24 },
      },
    });
    made.push(body.decisionId);
    return body.zones.flatMap(({ offers }) => offers);
  };
  /** A hub that has too much to do says so, and is asked again. */
  const replay = (id: string) =>
    until('the replay', async () => {
      const { status, body } = await core.call<Replayed>(`POST /v1/decisions/${id}/replay`);
      return status !== 503 && body;
    });
  const inTurns = async <T>(items: readonly T[], work: (item: T) => Promise<void>) => {
    const left = items.values();
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (const item of left) await work(item);
      }),
    );
  };
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, catalogue('profile.traits.likes == "tea"'));
    const batch = numbers(0, PEOPLE).map((n) => ({
      type: 'identify',
      ...person(n),
      messageId: newId(),
      traits: { likes: DRINKS[n % DRINKS.length] },
    }));
    await visibly(core.call, '/v1/batch', { batch });
  });
  afterAll(() => core.stop());

  /** People take what they like and refuse the rest; some buy. */
  const live = async (rounds: readonly number[]) => {
    const responses: object[] = [];
    await inTurns(rounds, async (n) => {
      for (const { offer, token } of await decide(n)) {
        const type = offer === DRINKS[(n % PEOPLE) % DRINKS.length] ? 'accept' : 'reject';
        if (n % 7 !== 0 && DRINKS.includes(offer)) responses.push({ responseId: newId(), token, type });
      }
    });
    const orders = rounds.slice(0, 10).map((n) => ({
      type: 'track',
      ...person(n),
      messageId: newId(),
      event: 'Order Completed',
      properties: { order_id: `order-${n}`, total: n },
    }));
    for (let from = 0; from < responses.length; from += 100)
      await core.call('/v1/responses', { body: responses.slice(from, from + 100) });
    await visibly(core.call, '/v1/batch', { batch: orders });
    clock.advance(HOUR);
  };

  it(`come out the same, ten thousand of them, through changes of people, rules and models`, async () => {
    const feed = core.app.get(LearningFeed, { strict: false });
    const half = RECEIPTS / 2;
    for (let from = 0; from < half; from += 500) {
      await live(numbers(from, 500));
      await feed.run();
    }
    await apply(core, catalogue('profile.traits.likes != "tea"'));
    for (let from = half; from < RECEIPTS; from += 500) {
      await live(numbers(from, 500));
      await feed.run();
    }
    await until('receipts', async () => {
      const [row] = await core.database.query<{ n: string }>('SELECT count(*) AS n FROM decision_receipt');
      return Number(row?.n) === RECEIPTS;
    });
    const outcomes = new Map<string, number>();
    const worked = { recomputed: 0, asRecorded: 0 };
    await inTurns(made, async (id) => {
      const { outcome, propensities } = await replay(id);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      worked.recomputed += propensities?.recomputed ?? 0;
      worked.asRecorded += propensities?.asRecorded ?? 0;
    });
    expect([...outcomes]).toEqual([['same', RECEIPTS]]);
    expect(worked.recomputed).toBeGreaterThan(2 * RECEIPTS);
    expect(worked.asRecorded).toBe(0);
  }, 240_000);

  it('come out otherwise when the receipt was falsified', async () => {
    const id = made.at(-1)!;
    const [row] = await core.database.query<{ receipt: string }>(
      'SELECT receipt::text AS receipt FROM decision_receipt WHERE id = $1',
      [id],
    );
    const receipt = JSON.parse(row!.receipt) as { c: string };
    const rows = Buffer.from(receipt.c, 'base64');
    // A billionth more for the last candidate.
    rows.writeUInt32LE(rows.readUInt32LE(rows.length - 4) + 1, rows.length - 4);
    await core.database.query('UPDATE decision_receipt SET receipt = $2 WHERE id = $1', [
      id,
      JSON.stringify({ ...receipt, c: rows.toString('base64') }),
    ]);
    const { outcome, differences } = await replay(id);
    expect(outcome).toBe('differs');
    expect(differences).toMatchObject([{ offer: 'tea', field: 'propensity' }]);
  });

  it('are nobody’s that are unknown', async () => {
    const { status } = await core.call(`POST /v1/decisions/${newId()}/replay`);
    expect(status).toBe(404);
  });
});
