import fc from 'fast-check';
import { STRANGER } from '@repartee/profile/domain';
import { compileExperiment, experimentSchema } from '../definition/index.js';
import { ExperimentBook } from './experiment-book.js';
import { strangerOf } from './participant.js';
import { trialsFor } from './trials.js';

const declared = {
  key: 'onboarding',
  on: { journey: ['welcome', 'second', 'reminder'] },
  variations: [{ key: 'control' }, { key: 'short', skip: ['second', 'reminder'] }],
};
const { experiment } = compileExperiment(experimentSchema.parse(declared), {
  state: 'running',
  phase: 1,
  released: null,
  stoppedAt: null,
});
const book = new ExperimentBook([experiment]);
const at = (step: string, who: string) =>
  trialsFor(book, strangerOf(who), { profile: STRANGER, context: {}, now: new Date(0) }).first(
    'reaction',
    step,
  );

describe('an experiment on a journey', () => {
  it('gives a person one variation for all its steps, and none for other reactions', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (who) => {
        const [first, ...others] = declared.on.journey.map((step) => at(step, who)?.variation?.key);
        expect(['control', 'short']).toContain(first);
        expect(others).toEqual([first, first]);
        expect(at('elsewhere', who)).toBeUndefined();
      }),
    );
  });

  it('leaves out steps of its own alone', () => {
    const flaws = (document: object) =>
      experimentSchema
        .safeParse({ ...declared, ...document })
        .error?.issues.map(({ path }) => path.join('/'));
    expect(flaws({ variations: [{ key: 'a' }, { key: 'b', skip: ['other'] }] })).toEqual([
      'variations/1/skip/0',
    ]);
    expect(flaws({ variations: [{ key: 'a' }, { key: 'b', go: false }] })).toEqual(['variations/1/go']);
    expect(flaws({ on: { journey: ['a', 'a'] }, variations: [{ key: 'a' }] })).toEqual(['on/journey']);
  });
});
