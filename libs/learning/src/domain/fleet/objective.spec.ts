import fc from 'fast-check';
import {
  aimOf,
  answerReward,
  DEFAULT_OBJECTIVE,
  isConclusive,
  judgedAfter,
  laterAimOf,
  objectiveSchema,
  rewardOf,
} from './objective.js';
import { RevenueScale, revenueReward } from './revenue-scale.js';

describe('an objective', () => {
  it('says how much of a yes a response is', () => {
    const objective = objectiveSchema.parse({ credits: { click: 1 } });
    expect(rewardOf(objective, 'click')).toBe(1);
    expect(rewardOf(objective, 'accept')).toBe(1);
    expect(rewardOf(DEFAULT_OBJECTIVE, 'click')).toBe(0.3);
    expect(rewardOf(objective, 'not_presented')).toBeNull();
    expect(isConclusive(objective, 'impression')).toBe(false);
    expect(isConclusive(objective, 'dismiss')).toBe(true);
    expect(isConclusive(objectiveSchema.parse({ weight: 0, revenue: {} }), 'dismiss')).toBe(false);
    expect(laterAimOf(objective)).toBeNull();
  });

  it('is the offer’s own, else its group’s, else that of all', () => {
    const objective = objectiveSchema.parse({
      windowMinutes: 1,
      offers: { tea: { windowMinutes: 2 } },
      groups: { drinks: { windowMinutes: 3 } },
    });
    const windowOf = (offer: string, group?: string | null) => aimOf(objective, offer, group).windowMinutes;
    expect([windowOf('tea', 'drinks'), windowOf('coffee', 'drinks'), windowOf('coffee')]).toEqual([2, 3, 1]);
    expect(windowOf('constructor', 'toString')).toBe(1);
  });

  it('shares a whole yes among its parts by their weights', () => {
    const aim = objectiveSchema.parse({
      weight: 1,
      revenue: { weight: 2 },
      retention: { weight: 1, days: 30, withinDays: 7 },
      answer: { weight: 0, question: 'nps' },
    });
    expect(rewardOf(aim, 'accept')).toBe(0.25);
    const later = laterAimOf(aim)!;
    expect(later).toMatchObject({ revenue: { share: 0.5 }, retention: { share: 0.25 } });
    expect(later.answer).toBeUndefined();
    expect(judgedAfter(later)).toBe(37 * 24 * 60);
    for (const nothing of [{ weight: 0 }, { offers: { tea: { weight: 0, revenue: { weight: 0 } } } }])
      expect(objectiveSchema.safeParse(nothing).success).toBe(false);
  });

  it('reads answers in words and in numbers', () => {
    const asked = { share: 1, windowMinutes: 1, question: 'q', event: 'e' };
    expect(answerReward({ ...asked, credits: { yes: 1, maybe: 0.4 } }, 'maybe')).toBe(0.4);
    expect(answerReward({ ...asked, credits: { yes: 1 } }, 'constructor')).toBe(0);
    expect([3, 12, -1, 'x', null].map((answer) => answerReward({ ...asked, full: 10 }, answer))).toEqual([
      0.3, 1, 0, 0, 0,
    ]);
    expect(answerReward(asked, 'anything')).toBe(1);
  });
});

describe('revenue', () => {
  it('is a part of a yes that grows with the value, and never more than one', () => {
    const values = fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1e9, noNaN: true }), (all, value) => {
        const scale = new RevenueScale();
        for (const each of all) scale.observe(each);
        const reward = revenueReward(value, scale.full);
        expect(reward).toBeGreaterThanOrEqual(0);
        expect(reward).toBeLessThanOrEqual(1);
        expect(revenueReward(value * 2, scale.full)).toBeGreaterThanOrEqual(reward);
      }),
    );
  });

  it('is whole at about the largest twentieth of orders', () => {
    const scale = new RevenueScale();
    for (let each = 1; each <= 1000; each += 1) scale.observe(Math.exp(Math.sin(each)));
    const above = Array.from({ length: 1000 }, (_, at) => Math.exp(Math.sin(at + 1))).filter(
      (value) => value > scale.full,
    );
    expect(above.length).toBeLessThan(100);
    expect(new RevenueScale().full).toBe(Infinity);
  });
});
