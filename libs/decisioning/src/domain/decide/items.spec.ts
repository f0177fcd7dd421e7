import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import type { CatalogueDocument } from '../catalogue/index.js';
import { recommendationSchema } from '../catalogue/items/index.js';
import type { ReceiptHeader } from '../receipt/receipt.js';
import { ReceiptWriter } from '../receipt/write-receipt.js';
import { decide } from './decide.js';
import type { PickedItems } from './item-source.js';
import { reasonFor } from './reason.js';

const NOW = Date.UTC(2026, 0, 15, 12);

function evaluated(offer: object, shortage: string | null, policies: CatalogueDocument['policies'] = []) {
  const catalogue = webCatalogue([{ key: 'a', name: 'a', value: 1, ...offer }], { policies });
  const snapshot = snapshotOf(catalogue);
  const { evaluations } = decide({
    snapshot,
    profile: person(),
    channel: 'web',
    zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
    context: {},
    now: NOW,
    propensity: () => 0.1,
    items: {
      shortageOf: () => shortage,
      pick: () => ({ items: [], from: [], shortage: null }),
    },
  });
  return evaluations[0]!;
}

describe('an offer of an item', () => {
  it('is kept back while there is none of it, and says why', () => {
    const short = evaluated({ item: 'tea' }, 'none in stock');
    expect([short.dropped, short.detail]).toEqual(['out-of-stock', 'none in stock']);
    expect(reasonFor(short)).toBe('There is none of its item: none in stock.');
    expect(evaluated({ item: 'tea' }, null).dropped).toBeNull();
    expect(evaluated({}, 'never asked').dropped).toBeNull();
  });

  it('is not shown by force either, and asks its validity first', () => {
    const forced = [{ key: 'f', type: 'override', zone: 'home.hero', offer: 'a', mode: 'force' } as const];
    expect(evaluated({ item: 'tea' }, 'none in stock', forced).dropped).toBe('out-of-stock');
    const blocked = { item: 'tea', eligibility: 'false' };
    expect(evaluated(blocked, 'none in stock', forced).dropped).toBe('out-of-stock');
    expect(evaluated(blocked, null, forced).dropped).toBeNull();
    expect(evaluated({ item: 'tea', validUntil: '2026-01-01T00:00:00Z' }, 'none in stock').dropped).toBe(
      'no-longer-valid',
    );
  });
});

describe('an offer that is filled with items', () => {
  const filled = {
    items: recommendationSchema.parse({ strategy: 'co_view', from: 'context.item', atLeast: 2 }),
  };
  const decided = (offer: object, picked: PickedItems, policies: CatalogueDocument['policies'] = []) => {
    const catalogue = webCatalogue([{ key: 'a', name: 'a', value: 1, ...offer }], { policies });
    const snapshot = snapshotOf(catalogue);
    return decide({
      snapshot,
      profile: person(),
      channel: 'web',
      zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
      context: {},
      now: NOW,
      propensity: () => 0.1,
      items: { shortageOf: () => null, pick: () => picked },
    });
  };
  const enough: PickedItems = { items: ['x', 'y'], from: ['z'], shortage: null };
  const few: PickedItems = { items: ['x'], from: ['z'], shortage: '1 of at least 2' };

  it('is shown with them, and kept back with too few', () => {
    expect(decided(filled, enough).evaluations[0]).toMatchObject({ dropped: null, picked: enough, zone: 0 });
    const short = decided(filled, few).evaluations[0]!;
    expect([short.dropped, reasonFor(short)]).toEqual([
      'too-few-items',
      'There are too few items to fill it with: 1 of at least 2.',
    ]);
    expect(decided({ ...filled, eligibility: 'false' }, few).evaluations[0]!.dropped).toBe('not-eligible');
  });

  it('is not forced with too few, and filled when it is forced', () => {
    const forced = [{ key: 'f', type: 'override', zone: 'home.hero', offer: 'a', mode: 'force' } as const];
    expect(decided(filled, few, forced).evaluations[0]!.dropped).toBe('too-few-items');
    const ineligible = { ...filled, eligibility: 'false' };
    expect(decided(ineligible, few, forced).evaluations[0]!.dropped).toBe('too-few-items');
    expect(decided(ineligible, enough, forced).evaluations[0]).toMatchObject({
      dropped: null,
      picked: enough,
    });
  });

  it('has its items in the receipt when it was chosen', () => {
    const header = { at: NOW, context: '{}', itemsCounted: 7 } as unknown as ReceiptHeader;
    const writer = new ReceiptWriter();
    const written = JSON.parse(writer.write(header, decided(filled, enough))) as Record<string, unknown>;
    expect([written['w'], written['wc']]).toEqual([[['a', ['x', 'y'], ['z']]], 7]);
    const without = JSON.parse(writer.write(header, decided(filled, few))) as Record<string, unknown>;
    expect([without['w'], without['wc']]).toEqual([undefined, undefined]);
  });

  it.each<[string, object]>([
    ['a strategy that is none', { strategy: 'magic' }],
    ['where to begin, for what begins nowhere', { strategy: 'popularity', from: 'cart' }],
    ['more at least than at most', { strategy: 'popularity', count: 2, atLeast: 3 }],
    ['an expression that does not parse', { strategy: 'co_view', from: 'context.' }],
    ['an expression that gives no text', { strategy: 'co_view', from: '1.5 > 2.0' }],
  ])('is refused with %s', (_what, items) => {
    const document = { key: 'a', name: 'a', value: 1, items } as unknown as NonNullable<
      CatalogueDocument['offers']
    >[number];
    expect(() => snapshotOf(webCatalogue([document]))).toThrow();
  });
});
