import fc from 'fast-check';
import { Deliberation } from '../decide/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import type { CatalogueSnapshot } from '../catalogue/index.js';
import { answersOf, type Foreseen, Simulation } from './index.js';

const OFFERS = ['a', 'b', 'c', 'd'];
const offersOf = (values: readonly number[]) =>
  OFFERS.map((key, index) => ({
    key,
    name: key,
    value: values[index] ?? 1,
    eligibility: `profile.traits.${key}`,
  }));
const PUBLISHED = snapshotOf(webCatalogue(offersOf([4, 3, 2, 1])));

function foresee(snapshot: CatalogueSnapshot, likes: readonly string[], count: number): Foreseen {
  const traits = Object.fromEntries(OFFERS.map((key) => [key, likes.includes(key)]));
  const deliberation = new Deliberation({
    snapshot,
    profile: person({ traits }),
    channel: 'web',
    zones: [{ zone: snapshot.zones.get('home.hero')!, count }],
    context: {},
    now: 0,
    propensity: () => 0.5,
  });
  return { decision: deliberation.decide(), control: null, expected: () => 0.5 };
}

const people = fc.array(fc.subarray(OFFERS), { minLength: 1, maxLength: 20 });

describe('a simulation', () => {
  it('counts every offer of every answer once, and what it is worth', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 4 }), (all, count) => {
        const simulation = new Simulation(false);
        let offered = 0;
        let worth = 0;
        for (const likes of all) {
          const published = foresee(PUBLISHED, likes, count);
          simulation.add({ published, draft: null, segments: [] });
          for (const { offers } of answersOf(published)) {
            offered += offers.length;
            worth += offers.reduce((sum, key) => sum + 0.5 * PUBLISHED.offersByKey.get(key)!.value, 0);
          }
        }
        const report = simulation.report();
        expect(report).toMatchObject({ draft: null, changes: null });
        const { published } = report;
        expect(published.people).toBe(all.length);
        expect(published.served).toBe(all.filter((likes) => likes.length > 0).length);
        expect(published.offers.reduce((sum, { people: shown }) => sum + shown, 0)).toBe(offered);
        expect(published.zones[0]!.places.reduce((sum, shown) => sum + shown, 0)).toBe(offered);
        expect(published.expectedValue.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(worth);
        for (const { people: shown, dropped } of published.offers)
          expect(shown + Object.values(dropped).reduce((sum, from) => sum + from, 0)).toBe(all.length);
      }),
    );
  });

  it('finds no change where the draft is what is published, and each change once where it is not', () => {
    const values = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(people, values, (all, drafted) => {
        const same = new Simulation(true);
        const other = new Simulation(true);
        const draft = snapshotOf(webCatalogue(offersOf(drafted)));
        let changed = 0;
        for (const likes of all) {
          const published = foresee(PUBLISHED, likes, 1);
          const drafts = foresee(draft, likes, 1);
          expect(same.add({ published, draft: foresee(PUBLISHED, likes, 1), segments: [] })).toBeNull();
          const differs = JSON.stringify(answersOf(published)) !== JSON.stringify(answersOf(drafts));
          expect(other.add({ published, draft: drafts, segments: [] }) !== null).toBe(differs);
          if (differs) changed += 1;
        }
        expect(same.report().changes).toMatchObject({ people: 0, moves: [] });
        const { changes } = other.report();
        expect(changes?.people).toBe(changed);
        expect(changes?.moves.reduce((sum, move) => sum + move.people, 0)).toBe(changed);
      }),
    );
  });

  it('says why an offer comes and another goes, and reports groups by themselves', () => {
    const simulation = new Simulation(true);
    const draft = snapshotOf(webCatalogue(offersOf([1, 9, 2, 3])));
    const change = simulation.add({
      published: foresee(PUBLISHED, ['a', 'b'], 1),
      draft: foresee(draft, ['a', 'b'], 1),
      segments: ['vip'],
    });
    expect(change).toEqual({
      zones: [{ zone: 'home.hero', from: ['a'], to: ['b'] }],
      why: [
        { offer: 'a', now: false, reason: expect.stringContaining('Other offers ranked higher') },
        { offer: 'b', now: true, reason: expect.stringContaining('50 % likely') },
      ],
    });
    simulation.add({ published: foresee(PUBLISHED, [], 1), draft: foresee(draft, [], 1), segments: [] });
    expect(simulation.report().segments).toMatchObject([
      {
        segment: 'vip',
        published: { people: 1, offers: [{ offer: 'a' }] },
        draft: { offers: [{ offer: 'b' }] },
      },
    ]);
  });
});
