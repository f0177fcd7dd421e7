import { SeededRandom, type Features } from '../bandit/index.js';
import { LearningState, type Lesson } from './learning-state.js';
import { modelKey, personFeatures, withStage } from './person-features.js';

type Sequenced = Lesson & { sequence: number };

/** Responses of people whose yes depends on a trait, against a control that knows only the mean. */
function updates(count: number, appeal = (keen: boolean): number => (keen ? 0.4 : 0.05)): Sequenced[] {
  const random = new SeededRandom('updates');
  return Array.from({ length: count }, (_, at) => {
    const keen = random.next() < 0.5;
    const features: Features = {
      'trait.keen': keen ? 'yes' : 'no',
      'trait.spend': Math.exp(random.gaussian()),
    };
    const reward = random.next() < appeal(keen) ? 1 : 0;
    return { sequence: at + 1, model: `offer-${at % 3}/web`, features, reward, weight: 1, control: 0.225 };
  });
}

describe('LearningState', () => {
  it('lets a model speak once it has beaten its control, and not one that does not', () => {
    const state = new LearningState();
    for (const update of updates(3000)) state.apply(update);
    expect(state.models.every((model) => state.isChampion(model))).toBe(true);
    const flat = new LearningState();
    for (const update of updates(3000, () => 0.225)) flat.apply(update);
    expect(flat.models.some((model) => flat.isChampion(model))).toBe(false);
  });

  it('is the same to the last bit, wherever it was stored and resumed', () => {
    const log = updates(400);
    const whole = new LearningState();
    for (const update of log) whole.apply(update);
    for (const cut of [0, 1, 137, 399, 400]) {
      const before = new LearningState();
      for (const update of log.slice(0, cut)) before.apply(update);
      const after = LearningState.restore(structuredClone(before.store()));
      for (const update of log.slice(cut)) after.apply(update);
      expect(after.store()).toEqual(whole.store());
      const draw = (state: LearningState) =>
        state.drawer('d')(state.prepare({ 'trait.keen': 'yes' }), 'offer-1/web');
      expect(draw(after)).toBe(draw(whole));
      expect(after.speaks).toBe(whole.speaks);
    }
  });

  it('refuses an update out of turn', () => {
    const [first, second] = updates(2);
    const state = new LearningState();
    expect(() => state.apply(second!)).toThrow('cannot follow');
    state.apply(first!);
    expect(() => state.apply(first!)).toThrow('cannot follow');
  });
});

describe('features of a person', () => {
  it('are what may be used, and no more', () => {
    const traits = {
      email: 'a@example.org',
      plan: 'gold',
      visits: 3,
      vip: true,
      bio: 'x'.repeat(40),
      list: [1],
    };
    const features = personFeatures(
      { traits },
      'web',
      Date.UTC(2026, 0, 4, 13),
      (trait) => trait !== 'email',
    );
    expect(features).toEqual({
      channel: 'web',
      daypart: '2',
      weekday: '0',
      'trait.plan': 'gold',
      'trait.visits': 3,
      'trait.vip': true,
    });
    expect(withStage(features, 'clicked')).toMatchObject({ stage: 'clicked' });
    expect(withStage(features, 'new')).toBe(features);
    expect(modelKey('cart', 'web')).toBe('cart/web');
  });
});
