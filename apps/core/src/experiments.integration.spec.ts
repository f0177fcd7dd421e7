import type { DecisionResponse } from '@repartee/contracts';
import { Receipts, Replays } from '@repartee/decisioning';
import { Exposures } from '@repartee/experiments';
import { STRANGER } from '@repartee/profile/domain';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

const treatment = (key: string, offer: string, headline: string, zones = ['home.hero']) => ({
  key,
  offer,
  channel: 'web',
  zones,
  content: { headline },
});
const CONFIGURATION = {
  version: 1,
  zones: [{ key: 'home.hero', channel: 'web' }],
  offers: [
    { key: 'a', name: 'A', value: 10, repeatable: true },
    { key: 'z', name: 'Z', value: 1, repeatable: true },
  ],
  treatments: [
    treatment('a.web', 'a', 'A'),
    treatment('a.web.other', 'a', 'A, otherwise'),
    treatment('z.web', 'z', 'Z'),
  ],
};
const hide = {
  key: 'hide',
  on: { offer: 'a' },
  variations: [{ key: 'shown' }, { key: 'hidden', show: false }],
  goal: { key: 'accept', of: 'accept', offer: 'z' },
  metrics: [{ key: 'revenue', of: 'revenue', currency: 'EUR' }],
  minimumPeople: 10,
};

interface Explained {
  candidates: { offer: string; rule: string | null; reason: string }[];
  experiments: {
    experiment: string;
    variation: string | null;
    outside: string | null;
    detail: string | null;
  }[];
}
interface Results {
  mixed: number;
  variations: { key: string; people: number }[];
  metrics: { metric: { key: string }; figures: { mean: number }[] }[];
  verdict: { kind: string; sentence: string };
}

describe('an experiment', () => {
  let core: CoreUnderTest;
  const admin = (route: string, body?: unknown, headers: Record<string, string> = {}) =>
    core.call<Record<string, unknown>>(route, { key: 'admin', body, headers });
  const start = async (key: string) => {
    const answer = await admin(`POST /v1/experiments/${key}/start`, {});
    if (answer.status !== 200) throw new Error(answer.text);
  };
  const stop = (key: string, ending: object = {}) => admin(`POST /v1/experiments/${key}/stop`, ending);
  const decide = async (identifiers: object, more: object = {}) => {
    const body = { identifiers, channel: 'web', zones: [{ zone: 'home.hero' }], explain: true, ...more };
    const answer = await core.call<DecisionResponse>('/v1/decisions', { body });
    if (answer.status !== 200) throw new Error(answer.text);
    const [offer] = answer.body.zones[0]!.offers;
    return { ...answer.body, offer, explained: answer.body.explanation as Explained };
  };
  const variationOf = async (identifiers: object, more: object = {}) => {
    const { explained } = await decide(identifiers, more);
    return explained.experiments[0]?.variation;
  };
  const results = async (key: string) => {
    await core.app.get(Exposures, { strict: false }).drain();
    const answer = await core.call<Results>(`GET /v1/experiments/${key}/results`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  };
  const means = ({ metrics }: Results) =>
    Object.fromEntries(metrics.map(({ metric, figures }) => [metric.key, figures.map(({ mean }) => mean)]));

  beforeAll(async () => {
    core = await startCore();
    await apply(core, { ...CONFIGURATION, experiments: [hide] });
  });
  afterAll(() => core.stop());

  it('decides what people see, stands in the receipt, and counts what comes of it', async () => {
    const before = await decide({ anonymousId: 'before' });
    expect(before.offer?.offer).toBe('a');
    expect(before.explained.experiments).toEqual([]);
    await start('hide');
    const seen = new Map<string, string>();
    for (let index = 0; index < 12; index += 1) {
      const { offer, explained, decisionId } = await decide({ anonymousId: `d${index}` });
      const [{ variation } = { variation: null }] = explained.experiments;
      seen.set(`d${index}`, variation!);
      expect(offer?.offer).toBe(variation === 'hidden' ? 'z' : 'a');
      const candidate = explained.candidates.find((one) => one.offer === 'a');
      expect(candidate?.rule).toBe(variation === 'hidden' ? 'in-experiment' : null);
      const receipt = await core.call<{ experiments: unknown[] }>(`GET /v1/decisions/${decisionId}`);
      expect(receipt.body.experiments).toEqual([{ experiment: 'hide', phase: 1, variation }]);
    }
    const of = (variation: string) => [...seen].filter(([, got]) => got === variation).map(([id]) => id);
    expect(of('shown').length * of('hidden').length).toBeGreaterThan(0);
    const acting = of('hidden')[0]!;
    const { offer } = await decide({ anonymousId: acting });
    const responded = await core.call<{ visible: boolean }>('/v1/responses', {
      body: { responseId: 'r1', token: offer?.token, type: 'accept' },
      headers: { prefer: 'visible, wait=10' },
    });
    expect(responded.body.visible).toBe(true);
    const order = { order_id: 'o1', total: 30, currency: 'EUR' };
    await visibly(core.call, '/v1/track', {
      anonymousId: acting,
      event: 'Order Completed',
      properties: order,
    });
    const found = await results('hide');
    expect(found.variations).toMatchObject([
      { key: 'shown', people: of('shown').length },
      { key: 'hidden', people: of('hidden').length },
    ]);
    expect(means(found)).toEqual({
      accept: [0, 1 / of('hidden').length],
      revenue: [0, 30 / of('hidden').length],
    });
    expect(found.verdict.kind).toBe('too-early');
  });

  it('keeps a visitor where she is when she signs in, and a person where she was', async () => {
    for (const index of [1, 2, 3, 4, 5, 6]) {
      const [anonymousId, userId] = [`visitor-${index}`, `user-${index}`];
      const first = await variationOf({ anonymousId });
      await visibly(core.call, '/v1/page', { anonymousId });
      expect(await variationOf({ anonymousId })).toBe(first);
      await visibly(core.call, '/v1/identify', { anonymousId, userId });
      expect(await variationOf({ userId })).toBe(first);
      await visibly(core.call, '/v1/identify', { anonymousId: `second-device-${index}`, userId });
      expect(await variationOf({ userId })).toBe(first);
      expect(await variationOf({ anonymousId: `second-device-${index}` })).toBe(first);
    }
    await visibly(core.call, '/v1/identify', { userId: 'of-old' });
    const known = await variationOf({ userId: 'of-old' });
    await visibly(core.call, '/v1/identify', { userId: 'of-old', anonymousId: 'new-device' });
    expect(await variationOf({ anonymousId: 'new-device' })).toBe(known);
    expect((await results('hide')).mixed).toBe(0);
  });

  it('says why somebody is not in it', async () => {
    const targeted = { ...hide, targeting: 'profile.traits.plan == "gold"' };
    expect(await admin('PUT /v1/experiments/hide', without(targeted), await ifMatch('hide'))).toMatchObject({
      status: 409,
      body: { code: 'EXPERIMENT.RUNNING' },
    });
    expect((await stop('hide')).status).toBe(200);
    expect(await admin('PUT /v1/experiments/hide', without(targeted), await ifMatch('hide'))).toMatchObject({
      status: 200,
    });
    await start('hide');
    const { explained, offer } = await decide({ anonymousId: 'd1' });
    expect(explained.experiments).toEqual([
      expect.objectContaining({
        variation: null,
        outside: 'targeting-unknown',
        detail: expect.stringContaining('plan'),
      }),
    ]);
    expect(offer?.offer).toBe('a');
    await visibly(core.call, '/v1/identify', { userId: 'gold', traits: { plan: 'gold' } });
    expect(await variationOf({ userId: 'gold' })).not.toBeNull();
    expect((await decide({})).explained.experiments).toMatchObject([{ outside: 'nobody-to-draw' }]);
    expect(await stop('hide', { release: 'hidden', reason: 'for a test' })).toMatchObject({
      body: { state: 'stopped', released: 'hidden' },
    });
    expect((await decide({ userId: 'gold' })).offer?.offer).toBe('z');
    expect((await decide({ anonymousId: 'd1' })).offer?.offer).toBe('a');
  });

  it('chooses the treatment', async () => {
    const creative = {
      key: 'creative',
      on: { treatment: 'a.web' },
      variations: [{ key: 'old' }, { key: 'new', treatment: 'a.web.other' }],
    };
    expect((await admin('POST /v1/experiments', creative)).status).toBe(201);
    await start('creative');
    const shown = new Set<string>();
    for (let index = 0; index < 8; index += 1) {
      const { offer, explained } = await decide({ anonymousId: `t${index}` });
      const [{ variation } = { variation: '' }] = explained.experiments.filter(
        ({ experiment }) => experiment === 'creative',
      );
      expect(offer).toMatchObject(
        variation === 'new'
          ? { treatment: 'a.web.other', content: { headline: 'A, otherwise' } }
          : { treatment: 'a.web', content: { headline: 'A' } },
      );
      shown.add(offer!.treatment);
    }
    expect(shown.size).toBe(2);
    await stop('creative');
  });

  it('is refused where it is about nothing that exists, at its place in the configuration', async () => {
    const refused = await admin('POST /v1/experiments', {
      ...hide,
      key: 'none',
      on: { offer: 'nothing' },
      targeting: 'profile.computed.vists > 3',
    });
    expect(refused).toMatchObject({ status: 422, body: { code: 'EXPERIMENT.REFUSED' } });
    expect(refused.body['errors']).toEqual([
      expect.objectContaining({ pointer: '#/targeting' }),
      { pointer: '#/on/offer', detail: 'there is no offer nothing' },
    ]);
    const yaml = [
      'version: 1',
      'experiments:',
      '  - key: other',
      '    on: { offer: a }',
      '    variations:',
      '      - key: control',
      '      - key: b',
      '        treatment: z.web',
    ].join('\n');
    const answer = await admin('/v1/apply', yaml);
    expect(answer).toMatchObject({ status: 422, body: { code: 'APPLY.REFUSED' } });
    expect(answer.body['errors']).toEqual([
      {
        pointer: '#/experiments/0/variations/1/treatment',
        detail: 'z.web is no treatment of the offer a',
        line: 8,
        column: 20,
      },
    ]);
    const fine = { version: 1, experiments: [{ ...hide, key: 'fine' }] };
    expect(await admin('/v1/apply?dryRun=true', fine)).toMatchObject({
      status: 200,
      body: { experiments: { created: ['fine'], updated: [], removed: [] } },
    });
    expect((await admin('GET /v1/experiments/fine')).status).toBe(404);
  });

  it('holds a reaction back, and still counts whom it was for', async () => {
    await apply(core, {
      version: 1,
      reactions: [{ key: 'welcome', on: { event: 'Signed Up' }, action: { channel: 'email', zone: 'mail' } }],
      zones: [{ key: 'mail', channel: 'email' }],
      treatments: [
        {
          key: 'a.email',
          offer: 'a',
          channel: 'email',
          zones: ['mail'],
          content: { subject: 'Welcome', html: '<p>Hello</p>' },
        },
      ],
      experiments: [
        {
          key: 'journey',
          on: { reaction: 'welcome' },
          variations: [{ key: 'go' }, { key: 'hold', go: false }],
        },
      ],
    });
    await start('journey');
    for (let index = 0; index < 10; index += 1)
      await visibly(core.call, '/v1/track', { userId: `new-${index}`, event: 'Signed Up' });
    const found = await until('all to be counted', async () => {
      const read = await results('journey');
      return read.variations.reduce((sum, { people }) => sum + people, 0) === 10 && read;
    });
    expect(found.variations.every(({ people }) => people > 0)).toBe(true);
    const reached = await core.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM timeline_entry WHERE kind = 'decision'`,
    );
    expect(reached[0]?.count).toBe(found.variations[0]?.people);
    await stop('journey');
  });

  it('goes only with If-Match, and not while it runs', async () => {
    await start('journey');
    expect((await admin('DELETE /v1/experiments/journey')).status).toBe(428);
    expect((await admin('DELETE /v1/experiments/journey', undefined, { 'if-match': '"1"' })).status).toBe(
      412,
    );
    expect(await admin('DELETE /v1/experiments/journey', undefined, await ifMatch('journey'))).toMatchObject({
      status: 409,
    });
    await stop('journey');
    expect((await admin('DELETE /v1/experiments/journey', undefined, await ifMatch('journey'))).status).toBe(
      204,
    );
    expect((await admin('DELETE /v1/experiments/journey', undefined, { 'if-match': '"1"' })).status).toBe(
      404,
    );
    const [left] = await core.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM experiment_exposure WHERE experiment = 'journey'`,
    );
    expect(left?.count).toBe(0);
  });

  it('is replayed as it was, also when it has ended since', async () => {
    const { key: _key, ...rest } = hide;
    await admin('PUT /v1/experiments/hide', rest, await ifMatch('hide'));
    await start('hide');
    const decided = [];
    for (let index = 0; index < 12; index += 1) decided.push(await decide({ anonymousId: `fresh-${index}` }));
    await stop('hide');
    const shown = new Set(decided.map(({ offer }) => offer?.offer));
    expect(shown).toEqual(new Set(['a', 'z']));
    for (const { decisionId } of decided) {
      const receipt = await core.app.get(Receipts, { strict: false }).find(decisionId);
      if (receipt === null || receipt === 'erased') throw new Error('there is no receipt');
      const replays = core.app.get(Replays, { strict: false });
      expect((await replays.again(receipt, STRANGER)).differences).toEqual([]);
      const without = { ...receipt, experiments: [] };
      const hidden = receipt.experiments[0]?.variation === 'hidden';
      expect((await replays.again(without, STRANGER)).differences.length > 0).toBe(hidden);
    }
  });

  it('is for nobody in a universal control group', async () => {
    const { key: _key, ...rest } = hide;
    await admin('PUT /v1/experiments/hide', rest, await ifMatch('hide'));
    await start('hide');
    await apply(core, { version: 1, policies: [{ key: 'control', type: 'control', percent: 50 }] });
    const flag = {
      key: 'flag',
      on: { flag: 'flag', default: 'none' },
      variations: [
        { key: 'x', value: 'x' },
        { key: 'y', value: 'y' },
      ],
    };
    expect((await admin('POST /v1/experiments', flag)).status).toBe(201);
    await start('flag');
    const outside = new Set<string>();
    for (let index = 0; index < 12; index += 1) {
      const anonymousId = `c${index}`;
      const { zones, explained } = await decide({ anonymousId });
      const answer = await core.call<{ reason: string; metadata: object }>('/ofrep/v1/evaluate/flags/flag', {
        body: { context: { targetingKey: anonymousId } },
      });
      if (explained.experiments.length > 0) {
        expect(answer.body.reason).toBe('SPLIT');
        continue;
      }
      outside.add(anonymousId);
      expect(zones[0]?.offers).toEqual([]);
      expect(answer.body).toMatchObject({ reason: 'DEFAULT', metadata: { outside: 'control-group' } });
    }
    expect(outside.size).toBeGreaterThan(0);
    expect(outside.size).toBeLessThan(12);
    await results('flag');
    const units = await core.database.query<{ unit: string }>(
      `SELECT unit FROM experiment_exposure WHERE unit LIKE 'c%'`,
    );
    expect(units.filter(({ unit }) => outside.has(unit))).toEqual([]);
    await stop('hide');
    await core.call('DELETE /v1/policies/control', { key: 'admin', headers: await policyMatch() });
  });

  it('is for nobody who objects to profiling', async () => {
    const { key: _key, ...rest } = hide;
    await admin('PUT /v1/experiments/hide', rest, await ifMatch('hide'));
    await start('hide');
    const { profileId } = await visibly(core.call, '/v1/identify', { userId: 'objector', anonymousId: 'oo' });
    const objected = await core.call(`POST /v1/profiles/${profileId}/object`, {
      body: { scope: 'profiling' },
    });
    expect(objected.status).toBe(202);
    await until('the objection', async () => {
      const { explained } = await decide({ userId: 'objector' });
      return explained.experiments.length === 0;
    });
    const session = await visit(core, { anonymousId: 'browser-1' });
    const decided = await session.decide({ explain: true });
    expect((decided.explanation as Explained).experiments).toMatchObject([
      { experiment: 'hide', outside: null },
    ]);
  });

  async function policyMatch(): Promise<{ 'if-match': string }> {
    const answer = await admin('GET /v1/policies/control');
    return { 'if-match': answer.headers.get('etag') ?? '' };
  }

  async function ifMatch(key: string): Promise<{ 'if-match': string }> {
    const answer = await admin(`GET /v1/experiments/${key}`);
    return { 'if-match': answer.headers.get('etag') ?? '' };
  }
});

function without({ key: _key, ...rest }: { key: string }): object {
  return rest;
}
