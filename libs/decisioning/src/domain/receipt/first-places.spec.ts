import { SeededRandom } from '@repartee/learning/domain';
import fc from 'fast-check';
import { type DecideInput, Deliberation } from '../decide/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import { FirstPlaceCount, firstPlacesOf } from './first-places.js';

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const snapshot = snapshotOf(
  webCatalogue(
    KEYS.map((key, at) => ({ key, name: key, value: 1 + at, ...(key === 'e' && { eligibility: 'false' }) })),
    { zones: [{ key: 'home.foot', channel: 'web' }] },
  ),
);
const decide = (seed: string, noise: number) => {
  const random = new SeededRandom(seed);
  const input: DecideInput = {
    snapshot,
    profile: person(),
    channel: 'web',
    zones: ['home.hero', 'home.foot'].map((key) => ({ zone: snapshot.zones.get(key)!, count: 1 })),
    context: {},
    now: 0,
    propensity: () => 0.1 + noise * random.next(),
  };
  return new Deliberation(input).decide();
};
const chancesOver = (draws: number, seed: string, noise: number) => {
  const count = new FirstPlaceCount();
  for (let draw = 0; draw < draws; draw += 1) count.add(decide(`${seed}#${draw}`, noise));
  return firstPlacesOf(count.stored(KEYS), KEYS);
};

describe('the chances of first places', () => {
  it('sum to 1 with those of all others, and none is 0', () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 3, noNaN: true }), (seed, noise) => {
        for (const { offers, floor } of chancesOver(40, seed, noise)) {
          const listed = offers.reduce((sum, { probability }) => sum + probability, 0);
          // Four of the five could be shown.
          expect(listed + (4 - offers.length) * floor).toBeCloseTo(1, 9);
          for (const { probability } of offers) expect(probability).toBeGreaterThan(floor);
          expect(offers.map(({ offer }) => offer)).not.toContain('e');
        }
      }),
      { numRuns: 50 },
    );
  });

  it('agree with how often offers come first', () => {
    const [told] = chancesOver(256, 'told', 1);
    const [seen] = chancesOver(8000, 'seen', 1);
    for (const { offer, probability } of seen!.offers) {
      const found = told!.offers.find((one) => one.offer === offer)?.probability ?? told!.floor;
      expect(Math.abs(found - probability)).toBeLessThan(
        4 * Math.sqrt((probability * (1 - probability)) / 256) + 0.002,
      );
    }
  });

  it('leave room for zones that stay empty, and lift few offers little', () => {
    expect(
      firstPlacesOf(
        {
          draws: 100,
          zones: [
            [0, []],
            [200, [[0, 50]]],
          ],
        },
        ['a'],
      ),
    ).toEqual([
      { draws: 100, floor: 0, offers: [] },
      { draws: 100, floor: 0.00025, offers: [{ offer: 'a', probability: 0.00025 + 0.95 * 0.5 }] },
    ]);
  });
});
