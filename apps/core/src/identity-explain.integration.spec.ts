import { startCore, type CoreUnderTest } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

interface Explained {
  samePerson: boolean;
  summary: string;
  links: { rule: string; a: string; b: string; id: string; at: string }[];
  notFollowed: { rule: string; reason: string; words: string }[];
  match: { weight: number; prior: number; model: string; levels: { field: string; weight: number }[] } | null;
}

describe('why two are one, or two', () => {
  let core: CoreUnderTest;
  const identify = async (body: object, key: 'server' | 'write' = 'server') =>
    (await visibly(core.call, '/v1/identify', body, { key })).profileId;
  const explain = async (id: string, other: string) =>
    (await core.call<Explained>(`GET /v1/profiles/${id}/explain?other=${other}`)).body;
  const crm = (id: string) => ({
    anonymousId: `row-${id}`,
    context: { externalIds: [{ id, type: 'crm_id', collection: 'users', encoding: 'none' }] },
  });
  const dora = {
    firstName: 'Dorothea',
    lastName: 'Vanderbeek',
    birthday: '1968-09-14',
    address: { street: '8 Harbour Row', city: 'Whitby', postalCode: 'YO21 3PU' },
  };

  beforeAll(async () => {
    core = await startCore();
  });
  afterAll(() => core.stop());

  it('says which event joined them', async () => {
    const device = await visibly(
      core.call,
      '/v1/track',
      { anonymousId: 'dora-phone', event: 'Product Viewed' },
      { key: 'write' },
    );
    const dora = await identify({ userId: 'dora', traits: { email: 'dora@x.org' } });
    await identify({ userId: 'dora', anonymousId: 'dora-phone' });
    const explained = await explain(device.profileId, dora);
    expect(explained).toMatchObject({
      samePerson: true,
      links: [{ rule: 'sign-in', a: 'user_id:dora', b: 'anonymous_id:dora-phone' }],
    });
    expect(explained.summary).toBe('One person. It was the first sign-in on the device.');
  });

  it('adds the weights of two alike records up, whether they are one person or not', async () => {
    const one = await identify({ ...crm('c-1'), traits: dora });
    const two = await identify({ ...crm('c-2'), traits: { ...dora, firstName: 'Dorothee' } });
    expect(two).toBe(one);
    const apart = await identify({ ...crm('c-3'), traits: { firstName: 'Malcolm', lastName: 'Vanderbeek' } });
    const { samePerson, match, links, notFollowed, summary } = await explain(one, apart);
    expect({ samePerson, links, notFollowed }).toEqual({ samePerson: false, links: [], notFollowed: [] });
    expect(summary).toMatch(/^Two people\. Nothing that was said links them\. The records are not alike/);
    const sum = match?.levels.reduce((total, { weight }) => total + weight, match.prior) ?? 0;
    expect(match?.weight).toBeCloseTo(sum, 1);
    expect(match?.levels.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['given_name', 'family_name']),
    );
  });

  it('says which rule kept them apart', async () => {
    const eve = await identify({ userId: 'eve', traits: { email: 'home@x.org', phone: '+14155552671' } });
    const fay = await identify({ userId: 'fay', traits: { email: 'home@x.org', phone: '+14155552671' } });
    const { samePerson, notFollowed } = await explain(eve, fay);
    expect(samePerson).toBe(false);
    expect(notFollowed.map(({ rule, reason }) => `${rule} ${reason}`).sort()).toEqual([
      'event limit',
      'event weak',
    ]);
    expect(notFollowed.every(({ words }) => words.includes('It was not followed:'))).toBe(true);
    await core.call(`/v1/profiles/${eve}/merge`, { body: { other: fay, reason: 'she told us' } });
    expect(await explain(eve, fay)).toMatchObject({
      samePerson: true,
      links: [{ rule: 'verdict', a: 'user_id:eve', b: 'user_id:fay' }],
    });
  });
});
