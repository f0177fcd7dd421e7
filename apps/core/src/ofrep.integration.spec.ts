import { OFREPProvider } from '@openfeature/ofrep-provider';
import { OpenFeature, type Client } from '@openfeature/server-sdk';
import { Exposures } from '@repartee/experiments';
import { bucketOf, bucketRanges, variationAt } from '@repartee/experiments/domain';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';
import { visit } from './testing/visitor.js';

const flag = (key: string, fallback: unknown, ...values: unknown[]) => ({
  key,
  on: { flag: key, default: fallback },
  variations: values.map((value, index) => ({ key: `v${index}`, value })),
});
const FLAGS = [
  flag('checkout', 'old', 'old', 'new'),
  flag('limit', 0, 10, 20),
  flag('theme', {}, { dark: true }),
  { ...flag('beta', false, true), targeting: 'profile.traits.plan == "gold" || context.plan == "gold"' },
  flag('sleeping', 'asleep', 'awake'),
];

interface Evaluated {
  key: string;
  value?: unknown;
  reason?: string;
  variant?: string;
  errorCode?: string;
  errorDetails?: string;
  metadata?: Record<string, unknown>;
}

describe('OFREP', () => {
  let core: CoreUnderTest;
  let client: Client;
  const one = (key: string, body: unknown) =>
    core.call<Evaluated>(`/ofrep/v1/evaluate/flags/${key}`, { body });
  const all = (body: unknown, headers: Record<string, string> = {}) =>
    core.call<{ flags: Evaluated[] }>('/ofrep/v1/evaluate/flags', { body, headers });
  const exposed = async (experiment: string) => {
    await core.app.get(Exposures, { strict: false }).drain();
    return core.database.query<{ unit: string; variation: string }>(
      'SELECT unit, variation FROM experiment_exposure WHERE experiment = $1 ORDER BY unit',
      [experiment],
    );
  };

  beforeAll(async () => {
    core = await startCore();
    await apply(core, { version: 1, experiments: FLAGS });
    for (const { key } of FLAGS.slice(0, 4)) {
      const started = await core.call(`POST /v1/experiments/${key}/start`, { key: 'admin', body: {} });
      expect(started.status).toBe(200);
    }
    await OpenFeature.setProviderAndWait(
      new OFREPProvider({ baseUrl: core.url, headers: [['Authorization', `Bearer ${core.keys.server}`]] }),
    );
    client = OpenFeature.getClient();
  });
  afterAll(async () => {
    await OpenFeature.close();
    await core.stop();
  });

  it('answers an unmodified OpenFeature client, and draws as GrowthBook does', async () => {
    const drawn = new Set<string>();
    for (let index = 0; index < 12; index += 1) {
      const targetingKey = `person-${index}`;
      const details = await client.getStringDetails('checkout', 'none', { targetingKey });
      const variation = variationAt(bucketRanges([0.5, 0.5], 1), bucketOf('checkout', targetingKey));
      expect(details).toMatchObject({
        value: ['old', 'new'][variation],
        variant: `v${variation}`,
        reason: 'SPLIT',
        flagMetadata: { experiment: 'checkout', phase: 1 },
      });
      drawn.add(details.value);
    }
    expect(drawn.size).toBe(2);
    expect(await client.getNumberValue('limit', 0, { targetingKey: 'person-1' })).toBeGreaterThanOrEqual(10);
    expect(await client.getObjectDetails('theme', {})).toMatchObject({
      value: { dark: true },
      reason: 'STATIC',
    });
  });

  it('matches by profile and by context, and falls back where it does not', async () => {
    const beta = (context: object) =>
      client.getBooleanDetails('beta', false, { targetingKey: 'ann', ...context });
    expect(await beta({})).toMatchObject({ value: false, reason: 'DEFAULT' });
    expect(await beta({ plan: 'gold' })).toMatchObject({ value: true, reason: 'TARGETING_MATCH' });
    await visibly(core.call, '/v1/identify', {
      userId: 'ann',
      traits: { plan: 'gold', email: 'ann@example.org' },
    });
    expect(await beta({})).toMatchObject({ value: true, reason: 'TARGETING_MATCH' });
    expect(await beta({ targetingKey: 'email:ann@example.org' })).toMatchObject({ value: true });
    expect(await beta({ targetingKey: 'email:bob@example.org' })).toMatchObject({ value: false });
    expect(await client.getStringDetails('sleeping', 'none', { targetingKey: 'ann' })).toMatchObject({
      value: 'asleep',
      reason: 'DISABLED',
    });
  });

  it('says what is wrong in its own words', async () => {
    const details = await client.getBooleanDetails('nothing', true, { targetingKey: 'ann' });
    expect(details).toMatchObject({ value: true, reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
    expect(await client.getStringDetails('checkout', 'none')).toMatchObject({
      value: 'none',
      errorCode: 'TARGETING_KEY_MISSING',
    });
    expect(await one('nothing', {})).toMatchObject({
      status: 404,
      body: { key: 'nothing', errorCode: 'FLAG_NOT_FOUND' },
    });
    for (const [body, errorCode] of [
      ['{"context":', 'PARSE_ERROR'],
      ['[]', 'PARSE_ERROR'],
      ['', 'PARSE_ERROR'],
      [{ context: 'ann' }, 'INVALID_CONTEXT'],
      [{ context: { targetingKey: 7 } }, 'INVALID_CONTEXT'],
      [{ context: { targetingKey: 'x'.repeat(301) } }, 'INVALID_CONTEXT'],
      [{}, 'TARGETING_KEY_MISSING'],
    ] as const) {
      const answer = await one('checkout', body);
      expect([answer.status, answer.body.key, answer.body.errorCode]).toEqual([400, 'checkout', errorCode]);
    }
    expect(await all('{')).toMatchObject({ status: 400, body: { errorCode: 'PARSE_ERROR' } });
    expect((await core.call('/ofrep/v1/evaluate/flags', { key: null, body: {} })).status).toBe(401);
    expect((await core.call('/ofrep/v1/evaluate/flags', { key: 'write', body: {} })).status).toBe(401);
  });

  it('gives all flags at once, and 304 while nothing has changed', async () => {
    const context = { targetingKey: 'bulk' };
    const first = await all({ context });
    expect(first.status).toBe(200);
    expect(first.body.flags.map(({ key }) => key)).toEqual([
      'beta',
      'checkout',
      'limit',
      'sleeping',
      'theme',
    ]);
    const etag = first.headers.get('etag') ?? '';
    const again = await all({ context }, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.text]).toEqual([304, '']);
    const other = await all({ context: { ...context, plan: 'gold' } }, { 'if-none-match': etag });
    expect(other.status).toBe(200);
    const unnamed = await all({});
    expect(unnamed.body.flags).toMatchObject([
      { key: 'beta', reason: 'DEFAULT' },
      { key: 'checkout', errorCode: 'TARGETING_KEY_MISSING' },
      { key: 'limit', errorCode: 'TARGETING_KEY_MISSING' },
      { key: 'sleeping', reason: 'DISABLED' },
      { key: 'theme', reason: 'STATIC' },
    ]);
  });

  it('counts who asked for one flag, and who says that they met one', async () => {
    await one('limit', { context: { targetingKey: 'counted' } });
    await one('limit', { context: { targetingKey: 'counted' } });
    await all({ context: { targetingKey: 'ahead' } });
    const units = async () => (await exposed('limit')).map(({ unit }) => unit);
    expect(await units()).toContain('counted');
    expect(await units()).not.toContain('ahead');
    const { body } = await all({ context: { targetingKey: 'ahead' } });
    const variant = body.flags.find(({ key }) => key === 'limit')?.variant;
    await visibly(core.call, '/v1/track', {
      anonymousId: 'ahead',
      event: 'Experiment Viewed',
      properties: { experiment_id: 'limit', variation_id: variant },
    });
    await visibly(core.call, '/v1/track', {
      anonymousId: 'liar',
      event: 'Experiment Viewed',
      properties: { experiment_id: 'limit', variation_id: 'v9' },
    });
    expect(await exposed('limit')).toContainEqual({ unit: 'ahead', variation: variant });
    expect(await units()).not.toContain('liar');
  });

  it('lets a browser ask for its own visitor alone', async () => {
    const { session, anonymousId } = await visit(core);
    const ask = (targetingKey?: string) =>
      core.call<Evaluated>('/ofrep/v1/evaluate/flags/checkout', {
        key: session,
        body: { context: { ...(targetingKey !== undefined && { targetingKey }) } },
      });
    const own = await ask(anonymousId);
    expect(own).toMatchObject({ status: 200, body: { reason: 'SPLIT' } });
    expect((await ask()).body).toEqual(own.body);
    expect(await ask('person-1')).toMatchObject({ status: 400, body: { errorCode: 'INVALID_CONTEXT' } });
  });
});
