import { catalogueSchema } from './catalogue-schema.js';
import { mergeCatalogue, planCatalogue } from './merge-catalogue.js';
import { sameJson } from './same-json.js';

const zone = { key: 'home.hero', channel: 'web' };
const offer = { key: 'cart', name: 'Cart', value: 12 };
const stored = catalogueSchema.parse({ zones: [zone, { key: 'inbox', channel: 'email' }], offers: [offer] });

describe('merging a document into the catalogue', () => {
  it('keeps what the document does not name', () => {
    const section = catalogueSchema.parse({
      offers: [
        { ...offer, value: 13 },
        { ...offer, key: 'new' },
      ],
    });
    const { entries, pointerOf } = mergeCatalogue(stored, section);
    expect(entries.zones).toEqual(stored.zones);
    expect(entries.offers.map((entry) => [entry.key, entry.value, pointerOf(entry)])).toEqual([
      ['cart', 13, '#/offers/0'],
      ['new', 12, '#/offers/1'],
    ]);
    expect(pointerOf(stored.zones[0]!)).toBe('#/zones/home.hero');
    expect(planCatalogue(stored, section)).toEqual({
      created: [{ kind: 'offer', key: 'new' }],
      updated: [{ kind: 'offer', key: 'cart' }],
      unchanged: [],
      removed: [],
    });
  });

  it('removes it when the document prunes', () => {
    const section = catalogueSchema.parse({ zones: [zone], offers: [offer], prune: true });
    expect(mergeCatalogue(stored, section).entries.zones).toHaveLength(1);
    expect(planCatalogue(stored, section)).toEqual({
      created: [],
      updated: [],
      unchanged: [
        { kind: 'zone', key: 'home.hero' },
        { kind: 'offer', key: 'cart' },
      ],
      removed: [{ kind: 'zone', key: 'inbox' }],
    });
  });

  it('does not mind the order of members', () => {
    expect(sameJson({ a: 1, b: { c: [1, 2], d: 2 } }, { b: { d: 2, c: [1, 2] }, a: 1 })).toBe(true);
    expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });
});
