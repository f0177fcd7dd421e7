import { bucketOf, estimateOf, NO_MOMENTS, withPerson, type Moments } from '@repartee/experiments/domain';
import fc from 'fast-check';
import { type DecideInput, Deliberation, reasonFor } from '../decide/index.js';
import { person, snapshotOf, webCatalogue } from '../testing/sample-catalogue.js';
import {
  armAt,
  armPriority,
  type ArmObserved,
  compileImpact,
  DEFAULT_IMPACT,
  type ImpactArm,
  impactArms,
  impactOf,
  monthOf,
  monthsBetween,
} from './index.js';

const NOW = Date.UTC(2026, 10, 3);

describe('the arms of the impact analysis', () => {
  it('have the shares they should, everybody one at most, drawn anew each month', () => {
    const people = Array.from({ length: 100_000 }, (_, n) => `person-${n}`);
    const drawn = (at: number) => people.map((id) => armAt(DEFAULT_IMPACT, bucketOf(monthOf(at).seed, id)));
    const [november, december] = [drawn(NOW), drawn(Date.UTC(2026, 11, 5))];
    for (const arm of impactArms) {
      const share = november.filter((one) => one === arm).length / people.length;
      expect(Math.abs(share - DEFAULT_IMPACT.shares[arm])).toBeLessThan(0.002);
    }
    const again = november.filter((arm, at) => arm === 'random' && december[at] === 'random').length;
    expect(again / people.length).toBeLessThan(0.0005);
    expect(monthsBetween(NOW, Date.UTC(2027, 0, 2)).map(({ number }) => number)).toEqual([
      202611, 202612, 202701,
    ]);
  });

  it('are as large as a policy says, and as they are by default where it says nothing', () => {
    const half = compileImpact({ random: 20, reference: 0 }, 0);
    expect(armAt(half, 0.1)).toBe('random');
    expect(half.shares).toEqual({
      reference: 0,
      random: 0.2,
      'propensity-only': 0.01,
      'no-lever': 0.01,
      'model-control': 0.01,
    });
    const catalogue = webCatalogue([], {
      policies: [{ key: 'small', type: 'impact', percent: { random: 2 } }],
    });
    expect(snapshotOf(catalogue).impact).toMatchObject({
      after: 0,
      shares: { random: 0.02, reference: 0.05 },
    });
    expect(snapshotOf(webCatalogue([])).impact).toBe(DEFAULT_IMPACT);
  });

  const offers = [
    { key: 'likely', name: 'likely', value: 1 },
    { key: 'dear', name: 'dear', value: 9 },
    { key: 'pushed', name: 'pushed', value: 4, lever: 400 },
    { key: 'barred', name: 'barred', value: 99, eligibility: 'false' },
  ];
  const chances: Record<string, number> = { likely: 0.5, dear: 0.2, pushed: 0.2, barred: 0.9 };
  const first = (arm: ImpactArm | null, seed = 'a') => {
    const snapshot = snapshotOf(webCatalogue(offers));
    const input: DecideInput = {
      snapshot,
      profile: person(),
      channel: 'web',
      zones: [{ zone: snapshot.zones.get('home.hero')!, count: 1 }],
      context: {},
      now: NOW,
      propensity: ({ offer }) => chances[offer]!,
      arm: arm && { arm, seed },
    };
    return new Deliberation(input).decide().zones[0]!.choices[0]!.evaluation;
  };

  it('leave out what they leave out, and no rule', () => {
    expect(
      [null, 'reference', 'model-control', 'no-lever', 'propensity-only'].map(
        (arm) => first(arm as ImpactArm).offer.key,
      ),
    ).toEqual(['pushed', 'pushed', 'pushed', 'dear', 'likely']);
    const drawn = Array.from({ length: 3000 }, (_, n) => first('random', `decision-${n}`).offer.key);
    for (const key of ['likely', 'dear', 'pushed'])
      expect(Math.abs(drawn.filter((one) => one === key).length / drawn.length - 1 / 3)).toBeLessThan(0.04);
    expect(drawn).not.toContain('barred');
    expect(reasonFor(first('no-lever'))).toContain('ranked without levers');
  });

  it('rank by chance alone in one of them, the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, offer, propensity) => {
          const rated = { propensity, contextWeight: 2, value: 3, lever: 4 };
          const drawn = armPriority({ arm: 'random', seed }, offer, rated);
          expect(drawn).toBe(armPriority({ arm: 'random', seed }, offer, { ...rated, value: 99 }));
          expect(drawn >= 0 && drawn < 1).toBe(true);
        },
      ),
    );
  });
});

describe('the report', () => {
  const group = (people: number, yes: number, worth: number): Moments =>
    Array.from({ length: people }, (_, n) => (n < yes ? worth : 0)).reduce<Moments>(
      (all, y) => withPerson(all, y),
      NO_MOMENTS,
    );
  const observed = (arm: ImpactArm, people: number, yes: number): ArmObserved => ({
    arm,
    people,
    moments: { engagement: group(people, yes, 1), value: group(people, yes, 20) },
  });

  it('says what the reference has over each arm, with bounds, in plain words', () => {
    const figures = impactOf([
      observed('reference', 20_000, 2400),
      observed('model-control', 8000, 640),
      observed('random', 8000, 960),
      observed('no-lever', 50, 5),
    ]);
    const [models] = figures.get('model-control')!;
    expect(models).toMatchObject({ verdict: 'pays', mean: 0.08, reference: 0.12 });
    expect(models!.lift!.value).toBeCloseTo(0.5, 9);
    expect(models!.lift!.lower).toBeGreaterThan(0);
    expect(models!.sentence).toMatch(
      /^The models are worth \+50 % people who click or accept: between \+[\d.]+ % and \+[\d.]+ %\.$/,
    );
    expect(figures.get('random')![0]).toMatchObject({ verdict: 'unclear' });
    expect(figures.get('random')![0]!.sentence).toContain('not certain yet');
    expect(figures.get('no-lever')![1]).toMatchObject({ verdict: 'too-early', lift: null });
    expect(figures.get('no-lever')![1]!.sentence).toBe(
      'Too early to say what the levers are worth: 50 people, 200 are wanted.',
    );
    expect(figures.has('reference')).toBe(false);
    expect(estimateOf(group(10, 5, 2)).mean).toBe(1);
  });

  it('takes no gain for a certain one that is none, however often one looks', () => {
    let wrong = 0;
    for (let world = 0; world < 100; world += 1) {
      let [full, left] = [NO_MOMENTS as Moments, NO_MOMENTS as Moments];
      let certain = false;
      for (let day = 0; day < 20; day += 1) {
        for (let n = 0; n < 60; n += 1) {
          full = withPerson(full, bucketOf(`${world}/full`, `${day}/${n}`) < 0.1 ? 1 : 0);
          if (n % 3 === 0) left = withPerson(left, bucketOf(`${world}/left`, `${day}/${n}`) < 0.1 ? 1 : 0);
        }
        const [found] = impactOf([
          { arm: 'reference', people: full.people, moments: { engagement: full } },
          { arm: 'model-control', people: left.people, moments: { engagement: left } },
        ]).get('model-control')!;
        certain ||= found!.verdict === 'pays' || found!.verdict === 'harms';
      }
      if (certain) wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(5);
  });
});
