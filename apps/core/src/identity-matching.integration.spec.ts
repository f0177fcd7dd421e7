import type { ProfileDocument } from '@repartee/profile/domain';
import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const ANN = {
  firstName: 'Annabel',
  lastName: 'Whitcombe',
  birthday: '1974-03-19',
  address: { street: '17 Larkspur Terrace', city: 'Ballarat', postalCode: '3350' },
};

describe('matching what trusted sources say', () => {
  let core: CoreUnderTest;
  let made = 0;
  const say = (traits: object, options: { key?: 'server' | 'write'; userId?: string } = {}) => {
    made += 1;
    const crm = { id: `crm-${made}`, type: 'crm_id', collection: 'users', encoding: 'none' };
    const who =
      options.userId === undefined ? { context: { externalIds: [crm] } } : { userId: options.userId };
    const anonymous = options.userId === undefined ? { anonymousId: `row-${made}` } : {};
    return visibly(
      core.call,
      '/v1/identify',
      { ...who, ...anonymous, traits },
      { key: options.key ?? 'server' },
    );
  };
  const profile = async (reference: string) =>
    (await core.call<ProfileDocument>(`GET /v1/profiles/${encodeURIComponent(reference)}`)).body;

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('joins alike records, and parts them when one of them changes', async () => {
    const one = await say(ANN);
    const two = await say({ ...ANN, firstName: 'Anabel', lastName: 'Whitcombe' });
    expect(two.profileId).toBe(one.profileId);
    expect((await profile(one.profileId)).identifiers.map(({ value }) => value)).toEqual([
      'row-1',
      'row-2',
      'crm-1',
      'crm-2',
    ]);
    await visibly(core.call, '/v1/identify', {
      anonymousId: 'row-2',
      context: { externalIds: [{ id: 'crm-2', type: 'crm_id', collection: 'users', encoding: 'none' }] },
      traits: {
        firstName: 'Gregor',
        lastName: 'Pattenden',
        birthday: '1951-11-02',
        address: { street: '4 Mill Lane', city: 'Hobart', postalCode: '7000' },
      },
    });
    expect((await profile('crm_id:crm-2')).id).not.toBe((await profile('crm_id:crm-1')).id);
    expect((await profile('crm_id:crm-2')).traits).toMatchObject({ firstName: 'Gregor' });
  });

  it('never listens to a browser', async () => {
    const person = { ...ANN, firstName: 'Bettina', lastName: 'Osterholm', birthday: '1980-07-28' };
    const known = await say(person);
    const claimed = await say(person, { key: 'write' });
    expect(claimed.profileId).not.toBe(known.profileId);
  });

  it('asks a person where a limit is against it', async () => {
    const person = { ...ANN, firstName: 'Cordelia', lastName: 'Quillfeather', birthday: '1990-05-12' };
    const one = await say(person, { userId: 'cq-1' });
    const two = await say(person, { userId: 'cq-2' });
    expect(two.profileId).not.toBe(one.profileId);
    const { body } = await core.call<{ items: { id: string; kind: string; a: string; b: string }[] }>(
      'GET /v1/match-reviews',
    );
    const review = body.items.find(({ a, b }) => a === 'user_id:cq-1' && b === 'user_id:cq-2');
    expect(review).toMatchObject({ kind: 'match' });
    await core.call(`/v1/match-reviews/${review?.id}`, { body: { verdict: 'same' } });
    expect(await profile('user_id:cq-2')).toMatchObject({ id: one.profileId });
  });

  it('knows who lives together, and keeps them apart', async () => {
    const home = { street: '3 Thistle Close', city: 'Leith', postalCode: 'EH6 1AA' };
    const one = await say({
      firstName: 'Morag',
      lastName: 'Abernethy',
      birthday: '1979-01-30',
      address: home,
    });
    const two = await say({
      firstName: 'Hamish',
      lastName: 'Abernethy',
      birthday: '2009-08-02',
      address: home,
    });
    const three = await say({ firstName: 'Rory', householdId: 'H-7' });
    await say({ firstName: 'Isla', householdId: 'H-7' });
    expect(two.profileId).not.toBe(one.profileId);
    const households = async (id: string) =>
      (
        await core.call<{ households: { basis: string; members: string[] }[] }>(
          `GET /v1/profiles/${id}/household`,
        )
      ).body.households;
    expect(await households(one.profileId)).toEqual([
      { basis: 'home', members: [one.profileId, two.profileId].sort() },
    ]);
    expect((await households(three.profileId))[0]?.members).toHaveLength(2);
  });

  it('learns a model, foretells what it would change, and changes it when it is published', async () => {
    interface Model {
      version: string;
      state: string;
      rematchedAt: string | null;
      preview: { records: number; merges: number };
    }
    const learned = await core.call<Model>('/v1/match-models', { key: 'admin' });
    expect(learned).toMatchObject({ status: 201, body: { state: 'draft' } });
    expect(learned.body.preview.records).toBeGreaterThan(5);
    const { version } = learned.body;
    const published = await core.call<Model>(`/v1/match-models/${version}/publish`, { key: 'admin' });
    expect(published).toMatchObject({ status: 202, body: { version, state: 'published' } });
    await until('every record to be compared again', async () => {
      const { body } = await core.call<{ items: Model[] }>('GET /v1/match-models', { key: 'admin' });
      return body.items.some((model) => model.version === version && model.rematchedAt !== null);
    });
    const edges = await core.database.query<{ model: string }>('SELECT DISTINCT model FROM match_edge');
    expect(edges.every(({ model }) => model === version)).toBe(true);
    const unknown = await core.call('/v1/match-models/nothing/publish', { key: 'admin' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'MATCHING.NO_SUCH_MODEL' } });
  });
});
