import type { DecisionResponse } from '@repartee/contracts';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const PEOPLE = 120;
const ZONES = [{ zone: 'hero', count: 2 }, { zone: 'side' }];
const ASKED = { channel: 'web', zones: ZONES, context: { hour: 9 } };
const offer = (key: string, value: number, more: object = {}) => ({ key, name: key, value, ...more });
const treatment = (key: string) => ({
  key: `${key}-web`,
  offer: key,
  channel: 'web',
  zones: ['hero', 'side'],
  content: { headline: key },
});
const SHOP = {
  version: 1,
  prune: true,
  zones: ['hero', 'side'].map((key) => ({ key, channel: 'web' })),
  offers: [
    offer('tea', 5, { currency: 'EUR' }),
    offer('coffee', 4, { currency: 'EUR', eligibility: 'profile.traits.likes == "coffee"' }),
    offer('gold', 50, { eligibility: 'profile.traits.tier == "gold"', currency: 'EUR' }),
    offer('few', 20, { currency: 'EUR' }),
  ],
  treatments: ['tea', 'coffee', 'gold', 'few'].map(treatment),
  policies: [
    { key: 'few-left', type: 'cap', of: { offers: ['few'] }, limit: 7 },
    { key: 'universal', type: 'control', percent: 20 },
  ],
};
const DRAFTS = {
  offers: [
    offer('gold', 50, {
      currency: 'EUR',
      eligibility: 'profile.traits.tier == "gold" || profile.traits.likes == "coffee"',
    }),
    offer('cake', 30, { currency: 'EUR', suitability: 'context.hour < 12' }),
  ],
  treatments: [treatment('cake')],
  remove: [
    { kind: 'offer', key: 'tea' },
    { kind: 'treatment', key: 'tea-web' },
  ],
};

interface Side {
  control: string | null;
  zones: { zone: string; offers: { offer: string; reason: string }[] }[];
  candidates?: { offer: string; rule: string | null }[];
}
interface Coverage {
  people: number;
  served: number;
  control: number;
  expectedValue: { currency: string; total: number }[];
  offers: { offer: string; people: number; dropped: Record<string, number> }[];
}
interface Report {
  published: Coverage;
  draft: Coverage;
  skipped: Record<string, number>;
  population: number;
  value: Value;
  changes: { people: number; moves: { from: string | null; to: string | null; people: number }[] };
  segments: { segment: string; published: { people: number; served: number } }[];
}
interface Value {
  people: number;
  relevant: number;
  nothing: number;
  lost: { stage: string; people: number }[];
  loosen: { rule: string; of: string; people: number }[];
}
interface Direct extends Report {
  unknown: string[];
  people: { profile: string; profileId: string; changed: boolean; published: Side; draft: Side }[];
}
interface Study {
  id: string;
  state: string;
  processed: number;
  total: number;
  reason: string | null;
  result: Report;
}

describe('simulation', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 4, 9));
  let core: CoreUnderTest;
  const person = (n: number) => `user_id:person-${n}`;
  const everybody = Array.from({ length: PEOPLE }, (_, n) => person(n));
  const simulate = <T>(body: object) => core.call<T>('/v1/decisions/simulate', { body });
  const study = async (body: object): Promise<Study> => {
    const begun = await simulate<Study>(body);
    expect(begun).toMatchObject({ status: 202, body: { state: 'queued', processed: 0, result: null } });
    return until('the simulation', async () => {
      const { body: now } = await core.call<Study>(`GET /v1/decisions/simulate/${begun.body.id}`);
      return ['done', 'failed'].includes(now.state) && now;
    });
  };
  const rows = async (except: string[] = []) => {
    const tables = await core.database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname = 'public' ORDER BY 1`,
    );
    const counted = tables.filter(({ name }) => !except.includes(name));
    const counts = await Promise.all(
      counted.map(async ({ name }) => {
        const [row] = await core.database.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM "${name}"`,
        );
        return [name, row?.count] as const;
      }),
    );
    return Object.fromEntries(counts);
  };
  const coverageOf = (coverage: Coverage, key: string) =>
    coverage.offers.find(({ offer: found }) => found === key);
  const shown = ({ zones }: { zones: { offers: { offer: string }[] }[] }) =>
    zones.map(({ offers }) => offers.map(({ offer: key }) => key));

  beforeAll(async () => {
    core = await startCore({ clock });
    await apply(core, SHOP);
    const batch = everybody.map((_reference, n) => ({
      type: 'identify',
      userId: `person-${n}`,
      messageId: newId(),
      traits: { likes: n % 3 === 0 ? 'coffee' : 'tea', ...(n % 10 === 0 && { tier: 'gold' }) },
    }));
    await visibly(core.call, '/v1/batch', { batch });
  });
  afterAll(() => core.stop());

  it('of a sample keeps its result, and nothing else', async () => {
    const except = ['decision_study', 'decision_study_change'];
    const before = await rows(except);
    const done = await study({
      ...ASKED,
      sample: { size: 1000 },
      drafts: DRAFTS,
      segments: [{ key: 'coffee', when: 'profile.traits.likes == "coffee"' }],
    });
    expect(done).toMatchObject({ state: 'done', result: { population: PEOPLE } });
    const { published, draft, changes, segments } = done.result;
    expect(published.people).toBe(PEOPLE);
    expect(coverageOf(published, 'few')).toMatchObject({ people: 7 });
    expect(coverageOf(published, 'few')?.dropped['cap-reached']).toBe(PEOPLE - 7 - published.control);
    expect(coverageOf(draft, 'tea')).toBeUndefined();
    expect(coverageOf(draft, 'cake')?.people).toBe(PEOPLE - draft.control);
    expect(coverageOf(draft, 'gold')!.people).toBeGreaterThan(coverageOf(published, 'gold')!.people);
    expect(published.control).toBeGreaterThan(0);
    expect(draft.expectedValue[0]!.total).toBeGreaterThan(published.expectedValue[0]!.total);
    expect(changes.people).toBe(PEOPLE - published.control);
    expect(segments).toMatchObject([{ segment: 'coffee', published: { people: PEOPLE / 3 } }]);
    const found = await core.call<{ items: { profileId: string; why: object[] }[]; nextCursor: string }>(
      `GET /v1/decisions/simulate/${done.id}/changes?limit=10`,
    );
    expect(found.body.items).toHaveLength(10);
    const rest = await core.call<{ items: object[]; nextCursor: null }>(
      `GET /v1/decisions/simulate/${done.id}/changes?limit=500&cursor=${found.body.nextCursor}`,
    );
    expect(rest.body.items).toHaveLength(changes.people - 10);
    expect(await rows(except)).toEqual(before);
  });

  it('looks at the people a rule names alone', async () => {
    const { result } = await study({ ...ASKED, sample: { where: 'profile.traits.tier == "gold"' } });
    expect(result).toMatchObject({ published: { people: PEOPLE / 10 }, draft: null, changes: null });
  });

  it('finds who gets nothing, where they lose it, and what to loosen', async () => {
    const drafts = {
      remove: ['tea', 'few'].flatMap((key) => [
        { kind: 'offer', key },
        { kind: 'treatment', key: `${key}-web` },
      ]),
      policies: [{ key: 'few-left', type: 'cap', of: { offers: ['coffee'] }, limit: 3 }],
    };
    const done = await study({
      ...ASKED,
      sample: { seed: 'value' },
      drafts,
      valueFinder: {},
      segments: [{ key: 'gold', when: 'profile.traits.tier == "gold"' }],
    });
    const { value, draft } = done.result;
    expect(value).toMatchObject({ people: PEOPLE, irrelevant: 0, relevant: draft.served });
    expect(value.nothing).toBe(PEOPLE - draft.served);
    const lost = Object.fromEntries(value.lost.map(({ stage, people }) => [stage, people]));
    expect(lost['control']).toBe(draft.control);
    expect(lost['control']! + lost['cap']! + lost['eligibility']!).toBe(value.nothing);
    const helps = (rule: string, of: string) =>
      value.loosen.find((one) => one.rule === rule && one.of === of)?.people;
    expect(helps('cap-reached', 'few-left')).toBe(lost['cap']);
    expect(helps('not-eligible', 'gold')).toBe(lost['cap']! + lost['eligibility']!);
    const page = await core.call<{ items: { stage: string; loosen: object[] }[] }>(
      `GET /v1/decisions/simulate/${done.id}/unserved?limit=500`,
    );
    expect(page.body.items).toHaveLength(value.nothing);
    const freed = page.body.items.filter(({ stage, loosen }) => stage === 'control' && loosen.length > 0);
    expect(helps('control-group', 'universal') ?? 0).toBe(freed.length);
    const capped = page.body.items.find(({ stage }) => stage === 'cap');
    expect(capped?.loosen).toContainEqual(
      expect.objectContaining({ rule: 'cap-reached', offers: ['coffee'] }),
    );
  });

  it('of profiles says what decisions then do, and leaves no trace', async () => {
    const before = await rows();
    const { body, status } = await simulate<Direct>({
      ...ASKED,
      profiles: [...everybody, 'user_id:nobody', '018f0000-0000-7000-8000-000000000000'],
      drafts: DRAFTS,
      explain: true,
    });
    expect(status).toBe(200);
    expect(body.unknown).toHaveLength(2);
    expect(body.people).toHaveLength(PEOPLE);
    expect(await rows()).toEqual(before);
    const first = body.people.find(({ draft }) => draft.control === null);
    expect(first?.draft.candidates?.map(({ offer: key }) => key).sort()).toEqual([
      'cake',
      'coffee',
      'few',
      'gold',
    ]);

    const { remove: _remove, ...drafts } = DRAFTS;
    const kept = SHOP.offers.filter(({ key }) => key !== 'tea' && key !== 'gold');
    await apply(core, {
      ...SHOP,
      offers: [...kept, ...drafts.offers],
      treatments: ['coffee', 'gold', 'few', 'cake'].map(treatment),
    });
    for (const { profile, draft } of body.people) {
      const userId = profile.slice('user_id:'.length);
      const decided = await core.call<DecisionResponse>('/v1/decisions', {
        body: { identifiers: { userId }, ...ASKED },
      });
      expect(shown(decided.body)).toEqual(shown(draft));
    }
  });

  it('asks the questions of the past again', async () => {
    await until('the receipts', async () => {
      const [row] = await core.database.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM decision_receipt',
      );
      return row?.count === PEOPLE;
    });
    const log = { from: new Date(clock.now() - 1000).toISOString() };
    const { result, state } = await study({
      log,
      drafts: { remove: [{ kind: 'policy', key: 'universal' }] },
    });
    expect(state).toBe('done');
    expect(result).toMatchObject({ population: PEOPLE, skipped: {}, draft: { control: 0 } });
    expect(result.changes.people).toBe(result.published.control);
    const half = await study({ log: { ...log, limit: PEOPLE / 2, channel: 'web' } });
    expect(half.result).toMatchObject({ published: { people: PEOPLE / 2 }, population: PEOPLE });
  });

  it('refuses drafts as an apply does, and points at what is wrong', async () => {
    const ask = { ...ASKED, profiles: [person(1)] };
    expect(
      await simulate({
        ...ask,
        drafts: { offers: [offer('tea', 1), offer('bad', 1, { eligibility: 'profile.' })] },
      }),
    ).toMatchObject({
      status: 422,
      body: { code: 'APPLY.REFUSED', errors: [{ pointer: '#/drafts/offers/1/eligibility' }] },
    });
    expect(await simulate({ ...ask, drafts: { publish: ['nothing'] } })).toMatchObject({ status: 404 });
    expect(await simulate({ ...ask, zones: [{ zone: 'nowhere' }] })).toMatchObject({
      status: 422,
      body: { code: 'DECISION.UNKNOWN_ZONE' },
    });
    for (const wrong of [
      { ...ASKED },
      { ...ask, sample: {} },
      { profiles: [person(1)] },
      { ...ASKED, sample: { where: 'profile.' } },
      { ...ask, segments: [{ key: 'a', when: '1 +' }] },
      { ...ask, profiles: ['without a namespace'] },
      { ...ask, drafts: { reactions: [] } },
    ])
      expect((await simulate(wrong)).status).toBe(400);
  });

  it('simulates what an offer would be if its draft were published', async () => {
    const { headers } = await core.call('GET /v1/offers/cake', { key: 'admin' });
    const put = await core.call('PUT /v1/offers/cake/draft', {
      key: 'admin',
      headers: { 'if-match': headers.get('etag') ?? '' },
      body: offer('cake', 1000, { currency: 'EUR' }),
    });
    expect(put.status).toBe(200);
    const ask = {
      ...ASKED,
      zones: [{ zone: 'hero' }],
      profiles: everybody.filter((_reference, n) => n % 3 === 0),
    };
    const { body } = await simulate<Direct>({ ...ask, drafts: { publish: ['cake'] } });
    for (const { changed, published } of body.people) expect(changed).toBe(published.control === null);
  });

  it('can be cancelled, is listed, and is found by its own kind alone', async () => {
    const { body } = await simulate<Study>({ ...ASKED, sample: {} });
    const cancelled = await core.call<Study>(`POST /v1/decisions/simulate/${body.id}/cancel`);
    if (cancelled.status === 200) expect(cancelled.body.state).toBe('cancelled');
    else expect(cancelled).toMatchObject({ status: 409, body: { code: 'SIMULATION.WRONG_STATE' } });
    const { items } = (await core.call<{ items: Study[] }>('GET /v1/decisions/simulate')).body;
    expect(items[0]).toMatchObject({ id: body.id, result: null });
    expect(items.length).toBeGreaterThan(3);
    const missing = newId();
    for (const route of [
      `GET /v1/decisions/simulate/${missing}`,
      `GET /v1/decisions/simulate/${missing}/changes`,
    ])
      expect(await core.call(route)).toMatchObject({ status: 404, body: { code: 'SIMULATION.NOT_FOUND' } });
    expect((await core.call(`POST /v1/decisions/simulate/${missing}/cancel`)).status).toBe(404);
  });

  it('forgets examples with the person', async () => {
    const done = await study({
      ...ASKED,
      sample: {},
      drafts: { remove: [{ kind: 'policy', key: 'universal' }] },
    });
    const changes = async () =>
      (await core.call<{ items: { profileId: string }[] }>(`GET /v1/decisions/simulate/${done.id}/changes`))
        .body.items;
    const [example, ...others] = await changes();
    await core.call(`DELETE /v1/profiles/${example!.profileId}`);
    await until('the erasure', async () => (await changes()).length === others.length);
    expect(await changes()).toEqual(others);
  });
});
