import fc from 'fast-check';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { decide } from './decide.js';
import { Ties } from './ties.js';

const NOW = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;
const KEYS = ['a', 'ab', 'z', 'spring-sale'];
const { offers } = snapshotOf(webCatalogue(KEYS.map((key) => ({ key, name: key, value: 1 }))));
const orderOf = (who: string, now = NOW) => {
  const ties = new Ties(who, now);
  return [...offers].sort((a, b) => (ties.before(a, b) ? -1 : 1)).map(({ key }) => key);
};

describe('offers of equal priority', () => {
  it('are in one order for a person all day, whatever else is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: DAY - 1 }), (who, later) => {
        const day = Date.UTC(2026, 5, 1);
        expect(orderOf(who, day + later)).toEqual(orderOf(who, day));
      }),
    );
  });

  it('are ordered without contradiction', () => {
    const [a, b, c] = [fc.nat(3), fc.nat(3), fc.nat(3)];
    fc.assert(
      fc.property(fc.string(), fc.tuple(a, b, c), (who, [x, y, z]) => {
        const ties = new Ties(who, NOW);
        const before = (one: number, other: number) => ties.before(offers[one]!, offers[other]!);
        expect(before(x, y) && before(y, x)).toBe(false);
        if (x !== y) expect(before(x, y) || before(y, x)).toBe(true);
        if (before(x, y) && before(y, z)) expect(before(x, z)).toBe(true);
      }),
    );
  });

  it('are fair over people: each order is as frequent as any other', () => {
    const PEOPLE = 24_000;
    const counts = new Map<string, number>();
    for (let number = 0; number < PEOPLE; number += 1) {
      const order = orderOf(`0190c5c0-0000-7000-8000-${String(number).padStart(12, '0')}`).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = PEOPLE / 24;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // 23 degrees of freedom: above 49.7 one time in a thousand.
    expect(chiSquare).toBeLessThan(49.7);
  });

  it('change with the day, and do not follow from the day before', () => {
    const people = Array.from({ length: 4000 }, (_, number) => `person-${number}`);
    const same = people.filter((who) => orderOf(who)[0] === orderOf(who, NOW + DAY)[0]).length;
    expect(same / people.length).toBeGreaterThan(0.21);
    expect(same / people.length).toBeLessThan(0.29);
  });

  it('are shown by it, after those of higher priority', () => {
    const snapshot = snapshotOf(
      webCatalogue([
        ...KEYS.map((key) => ({ key, name: key, value: 1 })),
        { key: 'best', name: 'best', value: 2 },
      ]),
    );
    const zone = snapshot.zones.get('home.hero')!;
    const seen = new Set<string>();
    for (let number = 0; number < 50; number += 1) {
      const who = `person-${number}`;
      const { zones } = decide({
        snapshot,
        profile: person(),
        channel: 'web',
        zones: [{ zone, count: 5 }],
        context: {},
        now: NOW,
        person: who,
        propensity: () => 0.5,
      });
      const shown = zones[0]!.choices.map(({ evaluation }) => evaluation.offer.key);
      expect(shown).toEqual(['best', ...orderOf(who)]);
      seen.add(shown.join());
    }
    expect(seen.size).toBeGreaterThan(10);
  });
});
