import type { DecisionResponse } from '@repartee/contracts';
import { Catalogue } from '@repartee/decisioning';
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
});
