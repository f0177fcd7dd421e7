import type { DecisionResponse } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
import { Recommendations } from '@repartee/items';
import { newId } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { apply } from './testing/apply.js';
import { type CoreUnderTest, createPlace, type Place, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const DAY = 86_400_000;

interface Explained {
  offer: string;
  rule: string | null;
  reason: string;
}

describe('items in decisions', () => {
  const clock = new ManualClock(Date.UTC(2026, 4, 1, 12));
  let place: Place;
  let core: CoreUnderTest;
  let other: CoreUnderTest;

  const tell = (...items: object[]) => core.call('/v1/items', { body: items });
  const decide = async (userId: string, at = core, count = 1) => {
    const { body, status, text } = await at.call<DecisionResponse>('/v1/decisions', {
      body: { identifiers: { userId }, channel: 'web', zones: [{ zone: 'home.hero', count }], explain: true },
    });
    if (status !== 200) throw new Error(text);
    const { candidates } = body.explanation as unknown as { candidates: Explained[] };
    return {
      id: body.decisionId,
      offers: body.zones[0]!.offers,
      shown: body.zones[0]!.offers.map(({ offer }) => offer),
      why: Object.fromEntries(candidates.map(({ offer, rule, reason }) => [offer, { rule, reason }])),
    };
  };
  const replay = (id: string) =>
    until(`the replay of ${id}`, async () => {
      const { status, body } = await core.call<{ outcome: string }>(`POST /v1/decisions/${id}/replay`);
      return status === 200 && body.outcome;
    });
  const catalogue = (offers: ({ key: string } & Record<string, unknown>)[]) => ({
    version: 1,
    prune: true,
    zones: [{ key: 'home.hero', channel: 'web' }],
    offers: offers.map((offer) => ({ name: offer.key, value: 1, ...offer })),
    treatments: offers.map(({ key }) => ({
      key: `${key}.hero`,
      offer: key,
      channel: 'web',
      zones: ['home.hero'],
      content: { headline: key },
    })),
  });

  beforeAll(async () => {
    place = await createPlace();
    core = await startCore({ clock, place });
    other = await startCore({ clock, place });
  });
  afterAll(async () => {
    await other.stop();
    await core.stop();
    await place.remove();
  });

  describe('an offer of an item', () => {
    beforeAll(async () => {
      await apply(core, catalogue([{ key: 'mug', item: 'MUG-1', value: 9 }, { key: 'talk' }]));
      await other.app.get(Catalogue, { strict: false }).refresh();
    });

    it('is kept back while there is none: at once here, soon in other processes', async () => {
      const ann = newId();
      const unknown = await decide(ann);
      expect(unknown.shown).toEqual(['talk']);
      expect(unknown.why['mug']).toEqual({
        rule: 'out-of-stock',
        reason: 'There is none of its item: not in the catalogue.',
      });
      await tell({ id: 'MUG-1', name: 'Mug', stock: 1 });
      expect((await decide(ann)).shown).toEqual(['mug']);
      await until('the other process', async () => (await decide(ann, other)).shown[0] === 'mug');
      await core.call('PATCH /v1/items/MUG-1', { body: { stock: 0 } });
      const short = await decide(ann);
      expect([short.shown, short.why['mug']?.reason]).toEqual([
        ['talk'],
        'There is none of its item: none in stock.',
      ]);
      await until('the other process', async () => (await decide(ann, other)).shown[0] === 'talk');
      await until('the receipt', async () => {
        const { body } = await core.call<{ candidates?: object[] }>(`GET /v1/decisions/${short.id}`);
        return body.candidates?.some(
          (one) =>
            JSON.stringify(one).includes('"out-of-stock"') && JSON.stringify(one).includes('none in stock'),
        );
      });
    });

    it('is kept back before its time and after', async () => {
      const at = (days: number) => new Date(clock.now() + days * DAY).toISOString();
      await tell({ id: 'MUG-1', name: 'Mug', availableFrom: at(1), availableUntil: at(2) });
      const ben = newId();
      expect((await decide(ben)).why['mug']?.reason).toContain('none of its item: not before');
      clock.advance(DAY);
      expect((await decide(ben)).shown).toEqual(['mug']);
      clock.advance(DAY);
      expect((await decide(ben)).why['mug']?.reason).toContain('none of its item: since');
    });

    it('is decided again as it was, whatever is in stock by then', async () => {
      await tell({ id: 'MUG-1', name: 'Mug', stock: 3 });
      const cat = newId();
      await visibly(core.call, '/v1/identify', { userId: cat, traits: { name: 'Cat' } });
      const there = await decide(cat);
      await tell({ id: 'MUG-1', name: 'Mug', stock: 0 });
      const gone = await decide(cat);
      expect([there.shown, gone.shown]).toEqual([['mug'], ['talk']]);
      expect([await replay(there.id), await replay(gone.id)]).toEqual(['same', 'same']);
    });

    it('does not count what is ordered: stock is what was last told', async () => {
      await tell({ id: 'MUG-1', name: 'Mug', stock: 1 });
      const properties = { order_id: newId(), products: [{ product_id: 'MUG-1', quantity: 5 }] };
      await visibly(core.call, '/v1/track', { userId: newId(), event: 'Order Completed', properties });
      expect((await core.call<{ stock: number }>('GET /v1/items/MUG-1')).body.stock).toBe(1);
    });
  });

  describe('an offer that is filled with items', () => {
    const FILLED = { key: 'filled', value: 9, items: { strategy: 'co_view', count: 2, atLeast: 1 } };
    const shown = async (userId: string, offers: ({ key: string } & Record<string, unknown>)[]) => {
      await apply(core, catalogue([...offers, { key: 'talk' }]));
      await other.app.get(Catalogue, { strict: false }).refresh();
      const decision = await decide(userId);
      const items = decision.offers[0]!.content['items'] as { id: string }[] | undefined;
      return { ...decision, items: items?.map(({ id }) => id) };
    };
    const count = async () => {
      await core.app.get(Recommendations, { strict: false }).run();
      await other.app.get(Recommendations, { strict: false }).run();
    };
    const view = (userId: string, ...ids: string[]) =>
      visibly(core.call, '/v1/batch', {
        batch: ids.map((product_id) => ({
          type: 'track',
          userId,
          messageId: newId(),
          event: 'Product Viewed',
          properties: { product_id },
        })),
      });
    const order = (userId: string, order_id: string, ...ids: string[]) =>
      visibly(core.call, '/v1/track', {
        userId,
        messageId: newId(),
        event: 'Order Completed',
        properties: { order_id, total: 5, products: ids.map((product_id) => ({ product_id })) },
      });
    const levels = async () => {
      const rows = await core.database.query<{ name: string; level: number }>(
        `SELECT concat_ws(' ', counter, item, other) AS name, level FROM (
           SELECT counter, item, NULL AS other, level FROM item_count
           UNION ALL SELECT counter, item, other, level FROM item_pair) x ORDER BY 1`,
      );
      return Object.fromEntries(rows.map(({ name, level }) => [name, level]));
    };

    beforeAll(async () => {
      await tell(
        {
          id: 'ridge',
          name: 'Ridge',
          category: 'Coffee',
          price: 18.5,
          currency: 'EUR',
          stock: 7,
          url: '/p/ridge',
        },
        { id: 'night', name: 'Night', category: 'Coffee' },
        { id: 'cone', name: 'Cone', category: 'Brewers' },
        { id: 'press', name: 'Press', category: 'Brewers', stock: 0 },
        { id: 'mug', name: 'Mug', category: 'Tools' },
      );
      for (let n = 0; n < 3; n += 1) await view(newId(), 'ridge', 'cone', 'press');
      await view(newId(), 'ridge', 'mug');
      for (let n = 0; n < 3; n += 1) await order(newId(), newId(), 'cone', 'night');
      await count();
    });

    it('shows what others looked at with what the person looked at last, and what there is of it', async () => {
      const dora = newId();
      await view(dora, 'ridge');
      const { shown: offers, items, offers: given, id } = await shown(dora, [FILLED]);
      expect([offers, items]).toEqual([['filled'], ['cone', 'mug']]);
      expect(given[0]!.content).toMatchObject({
        headline: 'filled',
        items: [{ id: 'cone', name: 'Cone' }, { id: 'mug' }],
      });
      // The other process hears of it a moment later.
      const there = await until('the items in the other process', async () => {
        const [offer] = (await decide(dora, other)).offers;
        return offer?.content['items'];
      });
      expect(there).toMatchObject([{ id: 'cone' }, { id: 'mug' }]);
      const receipt = await until('the receipt', async () => {
        const { status, body } = await core.call<{ items: object[] }>(`GET /v1/decisions/${id}`);
        return status === 200 && body;
      });
      expect(receipt.items).toEqual([{ offer: 'filled', items: ['cone', 'mug'], from: ['ridge'] }]);
      await tell({ id: 'cone', name: 'Cone', category: 'Brewers', stock: 0 });
      expect((await shown(dora, [FILLED])).items).toEqual(['mug']);
      await tell({ id: 'cone', name: 'Cone', category: 'Brewers' });
      expect(await replay(id)).toBe('same');
    });

    it('shows price, picture and place of an item, and not how many there are', async () => {
      const eve = newId();
      await view(eve, 'cone');
      const { offers } = await shown(eve, [FILLED]);
      expect((offers[0]!.content['items'] as object[])[0]).toEqual({
        id: 'ridge',
        name: 'Ridge',
        category: 'Coffee',
        price: 18.5,
        currency: 'EUR',
        url: '/p/ridge',
      });
    });

    it('begins with the cart, or wherever an expression says', async () => {
      const finn = newId();
      await visibly(core.call, '/v1/track', {
        userId: finn,
        event: 'Product Added',
        properties: { product_id: 'cone', quantity: 1 },
      });
      const together = { ...FILLED, items: { strategy: 'co_purchase' } };
      expect((await shown(finn, [together])).items).toEqual(['night']);
      const saying = (from: string) => ({ ...FILLED, items: { strategy: 'co_view', from, count: 1 } });
      expect((await shown(newId(), [saying('["mug", "nothing"]')])).items).toEqual(['ridge']);
      const unknown = await shown(newId(), [saying('context.product')]);
      expect([unknown.shown, unknown.why['filled']?.rule]).toEqual([['talk'], 'too-few-items']);
      expect(unknown.why['filled']?.reason).toMatch(/too few items to fill it with: .*product/);
    });

    it('shows what the person likes or what is popular, and not what they bought', async () => {
      const gus = newId();
      await order(gus, newId(), 'cone');
      const popular = (more: object = {}) => ({
        ...FILLED,
        items: { strategy: 'popularity', count: 2, ...more },
      });
      expect((await shown(gus, [popular()])).items).toEqual(['cone', 'night']);
      expect((await shown(gus, [popular({ excludePurchased: true })])).items?.includes('cone')).toBe(false);
      expect((await shown(gus, [popular({ category: 'Coffee' })])).items).toEqual(['night', 'ridge']);
      const liked = { ...FILLED, items: { strategy: 'affinity', count: 3 } };
      expect((await shown(gus, [liked])).items).toEqual(['cone']);
      const otherwise = { ...FILLED, items: { strategy: 'co_purchase', otherwise: 'popularity', count: 2 } };
      expect((await shown(newId(), [otherwise])).items).toEqual(['cone', 'night']);
    });

    it('is kept back with fewer items than it wants, and decided again the same', async () => {
      const hal = newId();
      await view(hal, 'ridge');
      const few = await shown(hal, [{ ...FILLED, items: { strategy: 'co_view', count: 9, atLeast: 9 } }]);
      expect(few.shown).toEqual(['talk']);
      expect(few.why['filled']).toEqual({
        rule: 'too-few-items',
        reason: 'There are too few items to fill it with: 2 of at least 9.',
      });
      expect(await replay(few.id)).toBe('same');
    });

    it('counts a message once, and an order once, however often they are sent', async () => {
      const ida = newId();
      const event = (messageId: string, order_id: string) => ({
        type: 'track',
        userId: ida,
        messageId,
        event: 'Order Completed',
        properties: { order_id, products: [{ product_id: 'mug' }, { product_id: 'ridge' }] },
      });
      const [message, orderId] = [newId(), newId()];
      await visibly(core.call, '/v1/batch', { batch: [event(message, orderId)] });
      await count();
      const once = await levels();
      expect(once['purchase mug ridge']).toBeDefined();
      for (const again of [event(message, orderId), event(newId(), orderId)])
        await core.call('/v1/batch', { body: { batch: [again] } });
      await view(ida, 'mug', 'mug', 'ridge');
      await count();
      const after = await levels();
      const changed = Object.keys(after).filter((name) => after[name] !== once[name]);
      expect(changed.filter((name) => name.startsWith('purchase'))).toEqual([]);
      expect(changed).toContain('view mug ridge');
    });

    it('is counted by half-lives that can be changed', async () => {
      const read = await core.call<{ halfLives: Record<string, string> }>('GET /v1/recommendation-settings');
      expect(read.body.halfLives).toEqual({
        view: '14d',
        purchase: '90d',
        popularity: '7d',
        affinity: '30d',
      });
      const change = (body: object, version?: string) =>
        core.call('PUT /v1/recommendation-settings', {
          key: 'admin',
          body,
          ...(version !== undefined && { headers: { 'if-match': version } }),
        });
      const version = read.headers.get('etag')!;
      expect((await change({ halfLives: { view: '1s' } }, version)).status).toBe(400);
      expect((await change({ halfLives: { view: '7d' } })).status).toBe(428);
      expect((await change({ halfLives: { view: '7d' } }, version)).status).toBe(200);
      expect((await change({ halfLives: { view: '7d' } }, version)).status).toBe(412);
      await count();
      const dora = newId();
      await view(dora, 'ridge');
      expect((await shown(dora, [FILLED])).items).toEqual(['cone', 'mug']);
    });
  });
});
