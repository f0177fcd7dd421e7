import type { DecisionResponse } from '@repartee/contracts';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';

const LOANS = {
  key: 'loans',
  attributes: [
    { name: 'rate', type: 'number', required: true },
    { name: 'fee', type: 'money', default: { amount: 9, currency: 'EUR' } },
  ],
  eligibility: 'offer.attributes.rate < context.most',
};
const BANK = {
  version: 1,
  prune: true,
  zones: [{ key: 'home.hero', channel: 'web' }],
  groups: [LOANS],
  offers: [
    { key: 'cheap', name: 'Cheap', value: 1, group: 'loans', attributes: { rate: 2 } },
    { key: 'dear', name: 'Dear', value: 50, group: 'loans', attributes: { rate: 7 } },
  ],
  treatments: ['cheap', 'dear'].map((key) => ({
    key: `${key}.hero`,
    offer: key,
    channel: 'web',
    zones: ['home.hero'],
    content: {
      headline: '{{ offer.name }} at {{ offer.attributes.rate }} for {{ offer.attributes.fee.amount }}',
    },
  })),
};

describe('attributes of offers', () => {
  let core: CoreUnderTest;
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  const decide = async (most: number) => {
    const { body, text, status } = await core.call<DecisionResponse>('/v1/decisions', {
      body: {
        identifiers: { anonymousId: 'a' },
        channel: 'web',
        zones: [{ zone: 'home.hero' }],
        context: { most },
      },
    });
    if (status !== 200) throw new Error(text);
    return { headline: body.zones[0]!.offers[0]?.content['headline'], id: body.decisionId };
  };

  beforeAll(async () => {
    core = await startCore({ clock });
  });
  afterAll(() => core.stop());

  it('decide, and stand in what is shown', async () => {
    await apply(core, BANK);
    expect((await decide(5)).headline).toBe('Cheap at 2 for 9');
    const { headline, id } = await decide(10);
    expect(headline).toBe('Dear at 7 for 9');
    const replayed = await core.call<{ outcome: string }>(`POST /v1/decisions/${id}/replay`);
    expect(replayed.body.outcome).toBe('same');
  });

  it('hold a change of their schema back while published offers do not fit it', async () => {
    const { headers } = await core.call('GET /v1/groups/loans', { key: 'admin' });
    const term = { name: 'term', type: 'number', required: true };
    const change = (attributes: object[]) =>
      core.call('PUT /v1/groups/loans', {
        key: 'admin',
        body: { ...LOANS, attributes },
        headers: { 'if-match': headers.get('etag')! },
      });
    expect((await change([...LOANS.attributes, term])).body).toMatchObject({
      status: 422,
      code: 'CATALOGUE.REFUSED',
      errors: [
        {
          pointer: '#/attributes/2',
          detail: 'term has no value, nor a default, in offers that are published: cheap, dear',
        },
      ],
    });
    expect((await change([...LOANS.attributes, { ...term, default: 12 }])).status).toBe(200);
    const offer = { name: 'New', value: 3, group: 'loans', key: 'new', attributes: { rate: 'low' } };
    expect((await core.call('/v1/offers', { key: 'admin', body: offer })).body).toMatchObject({
      code: 'CATALOGUE.REFUSED',
      errors: [{ pointer: '#/attributes/rate', detail: 'rate: must be a number' }],
    });
    const wrong = { ...offer, attributes: { rate: 1 }, eligibility: 'offer.attributes.rate > "x"' };
    expect((await core.call('/v1/offers', { key: 'admin', body: wrong })).body).toMatchObject({
      errors: [{ pointer: '#/eligibility' }],
    });
  });
});
