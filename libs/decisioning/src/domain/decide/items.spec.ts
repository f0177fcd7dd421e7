import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import type { CatalogueDocument } from '../catalogue/index.js';
import { decide } from './decide.js';
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
    items: { shortageOf: () => shortage },
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
