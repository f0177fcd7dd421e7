import { Database, newId } from '@repartee/platform';
import fc from 'fast-check';
import { person } from '../src/domain/testing/sample-catalogue.js';
import type { CatalogueDocument, OfferToken } from '../src/domain/index.js';
import { Negotiations, OfferTokens } from '../src/index.js';
import { install, type Installation, type RunningProcess } from './decisioning-app.js';

const HOUR = 3_600_000;
const BUDGET = 20;
const OF_AGENT = 9;
const SHOP: CatalogueDocument = {
  zones: [{ key: 'agent.main', channel: 'call' }],
  offers: [
    {
      key: 'plan',
      name: 'Plan',
      value: 40,
      currency: 'EUR',
      negotiation: {
        levers: [
          { key: 'discount', from: 0, to: 20, step: 5, costPerStep: 2 },
          { key: 'fee', from: 30, to: 0, step: 10, costPerStep: 1.5 },
        ],
        budgets: [{ amount: BUDGET }, { amount: OF_AGENT, each: 'agent', period: 'day' }],
      },
    },
    { key: 'plain', name: 'Plain', value: 1 },
  ],
  treatments: ['plan', 'plain'].map((offer) => ({
    key: `${offer}.call`,
    offer,
    channel: 'call',
    zones: ['agent.main'],
    content: { headline: '{offer}' },
  })),
};

describe('negotiating', () => {
  let installation: Installation;
  let processes: RunningProcess[];

  const one = () => processes[0]!;
  const token = (offer = 'plan', more: Partial<OfferToken> = {}) =>
    one()
      .get(OfferTokens)
      .seal({
        decisionId: newId(),
        offer,
        treatment: `${offer}.call`,
        zone: 'agent.main',
        channel: 'call',
        stage: 'new',
        profileId: null,
        anonymousId: 'a',
        dialogueId: newId(),
        issuedAt: one().clock.now(),
        validUntil: one().clock.now() + HOUR,
        reserved: false,
        ...more,
      });
  const ask = (
    sealed: string,
    terms: Record<string, number>,
    { agent = 'ann', id = newId(), at = one() } = {},
  ) =>
    at
      .get(Negotiations)
      .negotiate(
        { negotiationId: id, token: sealed, terms, agent },
        { profile: person(), agreed: () => Promise.resolve() },
      );
  const agreed = async (...asked: Parameters<typeof ask>) => {
    const found = await ask(...asked);
    if (!found.ok) throw new Error(JSON.stringify(found.failure));
    return found.value;
  };
  const heard = (sealed: string, type: 'accept' | 'reject', at = one()) =>
    at.get(Negotiations).heard(at.get(OfferTokens).open(sealed)!, type);
  const database = () => one().get(Database);
  /** What is confirmed or live, by budget, as the counters have it; they must be what reservations add up to. */
  const spent = async () => {
    const rows = await database().query<{ cap: string; bucket: string; used: string; sum: string }>(
      `SELECT k.cap, k.bucket, k.used, coalesce((SELECT sum(amount) FROM cap_reservation r
         WHERE (r.cap, r.bucket) = (k.cap, k.bucket) AND r.status IN ('held', 'confirmed')), 0) AS sum
       FROM cap_counter k`,
    );
    for (const { used, sum } of rows) expect(used).toBe(sum);
    return rows.map(({ cap, used }) => ({ cap, used: Number(used) / 1e6 }));
  };

  beforeAll(async () => {
    installation = await install();
    processes = [await installation.start(), await installation.start()];
    await one().apply(SHOP);
    await processes[1]!.apply({});
  });
  beforeEach(() => database().query('TRUNCATE cap_counter, cap_reservation, offer_negotiation'));
  afterAll(() => installation.remove());

  it('gives a new signed offer of the same end, and says what is left', async () => {
    const sealed = token();
    const found = await agreed(sealed, { discount: 10, fee: 20 });
    expect(found).toMatchObject({
      terms: { discount: 10, fee: 20 },
      cost: 5.5,
      currency: 'EUR',
      current: true,
      remaining: [14.5, 3.5],
    });
    const [before, after] = [sealed, found.offer.token].map((text) => one().get(OfferTokens).open(text)!);
    expect(after).toEqual({ ...before, terms: { discount: 10, fee: 20 } });
    expect(found.offer).toMatchObject({ offer: 'plan', content: { headline: 'Plan' } });
  });

  it('takes the difference when terms change, and does the same question once', async () => {
    const sealed = token();
    const first = await agreed(sealed, { discount: 5 }, { id: 'one' });
    const second = await agreed(first.offer.token, { discount: 15 }, { id: 'two' });
    expect(second.remaining).toEqual([14, 3]);
    expect(await agreed(sealed, { discount: 15 }, { id: 'two' })).toEqual(second);
    expect(await agreed(sealed, { discount: 5 }, { id: 'one' })).toMatchObject({
      terms: { discount: 5, fee: 30 },
      current: false,
    });
    expect((await spent())[0]!.used).toBe(6);
  });

  it('refuses what goes too far, in range or budget, and changes nothing', async () => {
    const sealed = token();
    const kept = await agreed(sealed, { discount: 10 });
    expect(await ask(sealed, { discount: 25, fee: 15, gift: 1 })).toMatchObject({
      failure: {
        code: 'NEGOTIATION.OUT_OF_RANGE',
        errors: [
          { pointer: '#/terms/gift', detail: 'there is no lever gift' },
          { pointer: '#/terms/discount', detail: 'discount goes from 0 to 20' },
          { pointer: '#/terms/fee', detail: 'fee goes in steps of 10 from 30' },
        ],
      },
    });
    expect(await ask(sealed, { discount: 20, fee: 0 })).toMatchObject({
      failure: {
        code: 'NEGOTIATION.BUDGET_EXHAUSTED',
        extra: { cost: 12.5, remaining: [20, 9], currency: 'EUR' },
      },
    });
    expect((await heard(kept.offer.token, 'accept')).ok).toBe(true);
    expect((await spent())[0]!.used).toBe(4);
    expect(await ask(sealed, { discount: 0 })).toMatchObject({ failure: { code: 'NEGOTIATION.CLOSED' } });
    expect(await ask(token('plain'), {})).toMatchObject({ failure: { code: 'NEGOTIATION.NOT_NEGOTIABLE' } });
    expect(await ask('x', {})).toMatchObject({ failure: { code: 'RESPONSE.INVALID_TOKEN' } });
    expect(await ask(token('plan', { validUntil: one().clock.now() }), {})).toMatchObject({
      failure: { code: 'OFFER.EXPIRED' },
    });
  });

  it('holds a person to the terms agreed on last', async () => {
    const sealed = token();
    const dear = await agreed(sealed, { discount: 20 });
    const cheap = await agreed(sealed, { discount: 5 });
    expect(await heard(dear.offer.token, 'accept')).toMatchObject({ failure: { code: 'OFFER.SUPERSEDED' } });
    expect((await heard(cheap.offer.token, 'accept')).ok).toBe(true);
    expect((await heard(cheap.offer.token, 'accept')).ok).toBe(true);
    expect(await heard(dear.offer.token, 'accept')).toMatchObject({ failure: { code: 'OFFER.SUPERSEDED' } });
  });

  it('gives back on a no, at the end, and when the offer is taken as it was', async () => {
    const sealed = token();
    const first = await agreed(sealed, { discount: 20 });
    await heard(first.offer.token, 'reject');
    expect((await spent())[0]!.used).toBe(0);
    expect((await heard(first.offer.token, 'accept')).ok).toBe(true);
    expect((await spent())[0]!.used).toBe(8);
    const other = token();
    await agreed(other, { discount: 20 }, { agent: 'bob' });
    await heard(other, 'accept');
    expect((await spent())[0]!.used).toBe(8);
    await agreed(token(), { discount: 20 }, { agent: 'cid' });
    expect(await ask(token(), { discount: 15 }, { agent: 'dan' })).toMatchObject({ ok: false });
    one().clock.advance(HOUR);
    expect((await agreed(token(), { discount: 15 }, { agent: 'dan' })).remaining[0]).toBe(6);
  });

  it('never exceeds a budget, whoever negotiates at once', async () => {
    const step = fc.record({
      offer: fc.nat(5),
      agent: fc.constantFrom('ann', 'bob', 'cid'),
      discount: fc.constantFrom(0, 5, 10, 15, 20),
      fee: fc.constantFrom(0, 10, 20, 30),
      then: fc.constantFrom('nothing' as const, 'accept' as const, 'reject' as const),
      process: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        await database().query('TRUNCATE cap_counter, cap_reservation, offer_negotiation');
        const tokens = Array.from({ length: 6 }, () => token());
        await Promise.all(
          steps.map(async ({ offer, agent, discount, fee, then, process }) => {
            const at = processes[process]!;
            const found = await ask(tokens[offer]!, { discount, fee }, { agent, at });
            if (found.ok && then !== 'nothing') await heard(found.value.offer.token, then, at);
          }),
        );
        for (const { cap, used } of await spent())
          expect(used).toBeLessThanOrEqual(cap.endsWith('0') ? BUDGET : OF_AGENT);
        const rounds = await database().query<{ cost: string }>(
          `SELECT DISTINCT ON (decision_id) cost FROM offer_negotiation WHERE status = 'accepted' ORDER BY decision_id, number DESC`,
        );
        const accepted = rounds.reduce((sum, { cost }) => sum + Number(cost) / 1e6, 0);
        expect(accepted).toBeLessThanOrEqual(BUDGET);
      }),
      { numRuns: 40 },
    );
  });
});
