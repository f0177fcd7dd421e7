import type { DecisionResponse } from '@repartee/contracts';
import { Recommendations } from '@repartee/items';
import { newId } from '@repartee/platform';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Seed } from './seed.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { visibly } from './testing/visibly.js';

const file = (name: string) => pathToFileURL(join(__dirname, '../seed', name));

describe('the demo seed', () => {
  let core: CoreUnderTest;
  const plant = () => core.app.get(Seed).plant(file('demo.yaml'), file('demo-items.json'));

  beforeAll(async () => {
    core = await startCore({ environment: { REPARTEE_SEED: 'demo' } });
    await plant();
  });
  afterAll(() => core.stop());

  it('tells what the shop sells, and leaves alone what is there', async () => {
    const ids = async () =>
      (await core.call<{ items: { id: string; name: string }[] }>('GET /v1/items')).body.items.map(
        ({ id }) => id,
      );
    expect(await ids()).toHaveLength(15);
    await core.call('DELETE /v1/items/ridge', {
      headers: { 'if-match': (await core.call('GET /v1/items/ridge')).headers.get('etag') ?? '' },
    });
    await plant();
    expect(await ids()).not.toContain('ridge');
    await core.call('/v1/items', { body: { id: 'ridge', name: 'Ridge' } });
  });

  it('shows below a product what a visitor has looked at with it', async () => {
    const anonymousId = newId();
    const batch = ['ridge', 'stone-mug', 'cone-dripper'].map((product_id) => ({
      type: 'track',
      anonymousId,
      messageId: newId(),
      event: 'Product Viewed',
      properties: { product_id },
    }));
    await visibly(core.call, '/v1/batch', { batch });
    await core.app.get(Recommendations, { strict: false }).run();
    const { body } = await core.call<DecisionResponse>('/v1/decisions', {
      body: {
        identifiers: { anonymousId },
        channel: 'web',
        zones: [{ zone: 'product.shelf' }],
        context: { product: 'cone-dripper' },
      },
    });
    const [offer] = body.zones[0]!.offers;
    expect(offer?.offer).toBe('looked-at-together');
    expect((offer?.content['items'] as { id: string }[]).map(({ id }) => id).sort()).toEqual([
      'ridge',
      'stone-mug',
    ]);
  });
});
