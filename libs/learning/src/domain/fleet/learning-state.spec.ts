import { SeededRandom, type Features } from '../bandit/index.js';
import { STANDARD, type Challenger } from './challenger.js';
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
    expect(state.models.every((model) => state.speakerOf(model) === STANDARD)).toBe(true);
    const flat = new LearningState();
    for (const update of updates(3000, () => 0.225)) flat.apply(update);
    expect(flat.models.some((model) => flat.speakerOf(model) === STANDARD)).toBe(false);
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
        state.drawer(STANDARD, 'd')(state.prepare(STANDARD, { 'trait.keen': 'yes' }), 'offer-1/web');
      expect(draw(after)).toBe(draw(whole));
      expect(after.speaks).toBe(whole.speaks);
    }
  });

  describe('with challengers', () => {
    const blind: Challenger = { key: 'blind', without: ['trait.keen'] };
    const sharp: Challenger = { key: 'sharp', only: ['trait.keen'], scales: [4] };
    const declare = (state: LearningState, challengers: Challenger[]) =>
      state.apply({ sequence: state.sequence + 1, counts: [], challengers });
    const teach = (state: LearningState, lessons: Sequenced[]) => {
      for (const lesson of lessons) state.apply({ ...lesson, sequence: state.sequence + 1 });
    };

    it('lets them learn from the same log, and is the same wherever it was stored and resumed', () => {
      const whole = new LearningState();
      declare(whole, [blind, sharp]);
      teach(whole, updates(300));
      const resumed = LearningState.restore(structuredClone(whole.store()));
      for (const state of [whole, resumed]) teach(state, updates(200));
      expect(resumed.store()).toEqual(whole.store());
      expect(whole.contendersOf('offer-0/web').map(({ key }) => key)).toContain('sharp');
      const drawn = [whole, resumed].map((state) =>
        state.drawer('sharp', 'd')(state.prepare('sharp', { 'trait.keen': 'yes' }), 'offer-0/web'),
      );
      expect(drawn[0]).toBe(drawn[1]);
      // What it may not see it does not see.
      const prepared = whole.prepare('blind', { 'trait.keen': 'yes' });
      expect(prepared.length).toBe(1);
    });

    it('gives a seat to the one that sees what others do not, and back to the counts when it is withdrawn', () => {
      const state = new LearningState();
      declare(state, [sharp]);
      teach(state, updates(4000));
      const model = 'offer-0/web';
      expect(state.speaks).toBe(true);
      const seated = LearningState.restore({
        ...state.store(),
        seats: [[model, { champion: 'sharp', wagers: [] }]],
      });
      const same = declare(seated, [{ scales: [4], only: ['trait.keen'], key: 'sharp' }]);
      expect(same.changes).toEqual([]);
      const { changes } = declare(seated, [blind]);
      expect(changes).toEqual([{ model, from: 'sharp', to: 'counts' }]);
      expect(seated.speaks).toBe(false);
      expect(seated.challengers).toEqual([blind]);
    });
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
