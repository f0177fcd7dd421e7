import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const PEOPLE = 260;
const HOUR = 3_600_000;
const offer = (key: string, value: number) => ({ key, name: key, value, repeatable: true });
const SHOP = {
  version: 1,
  prune: true,
  zones: [{ key: 'hero', channel: 'web' }],
  offers: [offer('tea', 10), offer('coffee', 5)],
  treatments: ['tea', 'coffee'].map((key) => ({
    key: `${key}-web`,
    offer: key,
    channel: 'web',
    zones: ['hero'],
    content: { headline: key },
  })),
};

interface Estimate {
  value: number;
  low: number;
  high: number;
}
interface Evaluation {
  population: number;
  skipped: Record<string, number>;
  rounds: number;
  effectiveSampleSize: number;
  meanWeight: Estimate;
  logged: Estimate;
  refused: string | null;
  estimates: Record<'ips' | 'snipw' | 'dm' | 'dr', Estimate> | null;
  gain: Estimate | null;
}

describe('what another policy would have earned', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 4, 9));
  const from = new Date(clock.now()).toISOString();
  let core: CoreUnderTest;
  const evaluate = async (body: object): Promise<Evaluation> => {
    const begun = await core.call<{ id: string }>('/v1/decisions/evaluate', { body });
    expect(begun).toMatchObject({ status: 202, body: { result: null } });
    const ended = await until('the evaluation', async () => {
      const { body: now } = await core.call<{ state: string; result: Evaluation }>(
        `GET /v1/decisions/evaluate/${begun.body.id}`,
      );
      return ['done', 'failed'].includes(now.state) && now;
    });
    expect(ended.state).toBe('done');
    return ended.result;
  };

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, SHOP);
    const objective = { credits: {}, windowMinutes: 60 };
    expect((await core.call('PUT /v1/learning/objective', { key: 'admin', body: objective })).status).toBe(
      200,
    );
    const batch = Array.from({ length: PEOPLE }, (_, n) => ({
      type: 'identify',
      userId: `person-${n}`,
      messageId: newId(),
      traits: { number: n },
    }));
    await visibly(core.call, '/v1/batch', { batch });
    const asked = batch.map(({ userId }) => ({
      identifiers: { userId },
      channel: 'web',
      zones: [{ zone: 'hero' }],
    }));
    const answer = await core.call('/v1/decisions/batch', {
      body: asked.map((one) => JSON.stringify(one)).join('\n'),
    });
    const decisions = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as DecisionResponse);
    const responses = decisions.map(({ zones }, n) => ({
      responseId: newId(),
      token: zones[0]!.offers[0]!.token,
      type: n % 4 === 0 ? 'accept' : 'impression',
    }));
    await visibly(core.call, '/v1/responses', responses);
  });
  afterAll(() => core.stop());

  it('waits until silence is a no', async () => {
    const result = await evaluate({ log: { from } });
    expect(result).toMatchObject({ rounds: 0, skipped: { 'still-to-be-answered': PEOPLE }, estimates: null });
    clock.advance(2 * HOUR);
  });

  it('gives the policy of the log what the log earned', async () => {
    const result = await evaluate({ log: { from } });
    expect(result).toMatchObject({ population: PEOPLE, rounds: PEOPLE, skipped: {}, refused: null });
    expect(result.effectiveSampleSize).toBeCloseTo(PEOPLE);
    expect(result.logged.value).toBeCloseTo(0.25);
    for (const name of ['ips', 'snipw', 'dr'] as const)
      expect(result.estimates![name].value).toBeCloseTo(0.25, 6);
    const worth = await evaluate({ log: { from }, reward: 'value', policy: { tea: 1 } });
    expect(worth.estimates!.snipw.value).toBeCloseTo(2.5);
    expect(worth.gain!.value).toBeCloseTo(0);
  });

  it('refuses what the log never tried, and too little of it, with the figures', async () => {
    const drafted = await evaluate({ log: { from }, drafts: { offers: [offer('coffee', 500)] } });
    expect(drafted).toMatchObject({ rounds: PEOPLE, effectiveSampleSize: 0, estimates: null, gain: null });
    expect(drafted.refused).toContain('under 200');
    const half = await evaluate({ log: { from }, policy: { tea: 1, coffee: 1 } });
    expect(half.refused).toContain('never tried some 50 %');
    const few = await evaluate({ log: { from, limit: 150 } });
    expect(few).toMatchObject({ rounds: 150, population: PEOPLE });
    expect(few.refused).toBe('the effective sample size is 150, under 200');
    const none = await evaluate({ log: { from }, policy: { gold: 1 } });
    expect(none.skipped).toEqual({ 'nothing-of-the-policy-fits': PEOPLE });
    const elsewhere = await evaluate({ log: { from }, zone: 'side' });
    expect(elsewhere.skipped).toEqual({ 'zone-not-asked-for': PEOPLE });
  });

  it('does not take for granted what comes out otherwise', async () => {
    await core.database.query(
      `INSERT INTO offer_roster
       SELECT 'swapped', replace(replace(replace(offers::text, '"tea"', '"?"'), '"coffee"', '"tea"'), '"?"', '"coffee"')::json
         FROM offer_roster WHERE name = (SELECT receipt->>'o' FROM decision_receipt ORDER BY id DESC LIMIT 1)`,
    );
    await core.database.query(
      `UPDATE decision_receipt SET receipt = jsonb_set(receipt::jsonb, '{o}', '"swapped"')::json
        WHERE id IN (SELECT id FROM decision_receipt ORDER BY id DESC LIMIT 7)`,
    );
    const result = await evaluate({ log: { from } });
    expect(result.skipped).toEqual({ 'comes-out-otherwise': 7 });
  });

  it('refuses requests that make no sense', async () => {
    const status = async (body: object) => (await core.call('/v1/decisions/evaluate', { body })).status;
    expect(await status({})).toBe(400);
    expect(await status({ log: { from }, policy: {} })).toBe(400);
    expect(await status({ log: { from }, policy: { tea: 1 }, drafts: {} })).toBe(400);
    expect(await status({ log: { from }, draws: 20 })).toBe(400);
    expect(await status({ log: { from }, drafts: { offers: [{ key: 'x' }] } })).toBe(422);
  });
});
