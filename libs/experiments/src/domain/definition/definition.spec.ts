import { ruleTypes } from '@repartee/profile/domain';
import { checkExperiments, drawOf, experimentSchema, weightsOf } from './index.js';

const offer = { key: 'e', on: { offer: 'a' }, variations: [{ key: 'a' }, { key: 'b', show: false }] };
const pointers = (document: object, types?: Parameters<typeof checkExperiments>[1]) =>
  checkExperiments([document], types).issues.map(({ pointer }) => pointer);

describe('an experiment as it is declared', () => {
  it('is taken with what it leaves out', () => {
    const { experiments, issues } = checkExperiments([offer]);
    expect(issues).toEqual([]);
    expect(experiments[0]).toMatchObject({ coverage: 1, hashBy: 'person', minimumPeople: 200 });
    expect(weightsOf(experiments[0]!)).toEqual([0.5, 0.5]);
  });

  it.each([
    ['two subjects', { on: { offer: 'a', flag: 'f' } }, '0/on'],
    ['no subject', { on: {} }, '0/on'],
    ['a flag without a default', { on: { flag: 'f' } }, '0/on/default'],
    ['what means nothing of its subject', { variations: [{ key: 'a', value: 1 }] }, '0/variations/0/value'],
    ['variations of one key', { variations: [{ key: 'a' }, { key: 'a' }] }, '0/variations/1/key'],
    [
      'weights that make no whole',
      {
        variations: [
          { key: 'a', weight: 0.5 },
          { key: 'b', weight: 0.4 },
        ],
      },
      '0/variations',
    ],
    ['weights for some', { variations: [{ key: 'a', weight: 1 }, { key: 'b' }] }, '0/variations'],
    ['a namespace without room', { namespace: { key: 'n', from: 0.5, to: 0.5 } }, '0/namespace/to'],
    ['revenue without currency', { goal: { key: 'm', of: 'revenue' } }, '0/goal/currency'],
    ['an event without name', { metrics: [{ key: 'm', of: 'event' }] }, '0/metrics/0/event'],
    [
      'two metrics of one key',
      { goal: { key: 'm', of: 'click' }, metrics: [{ key: 'm', of: 'accept' }] },
      '0/metrics',
    ],
    ['no such member', { wieght: 1 }, '0'],
  ])('is refused with %s', (_, more, pointer) => {
    expect(pointers({ ...offer, ...more })).toContain(pointer);
  });

  it('has its targeting checked against what profiles hold', () => {
    const types = ruleTypes({ visits: 'int' });
    expect(pointers({ ...offer, targeting: 'profile.computed.visits > 3' }, types)).toEqual([]);
    expect(pointers({ ...offer, targeting: 'profile.computed.vists > 3' }, types)).toEqual(['0/targeting']);
    expect(pointers({ ...offer, targeting: '1 +' })).toEqual(['0/targeting']);
  });

  it('may be renamed and measured otherwise while it runs, and not be drawn otherwise', () => {
    const draw = (more: object) => drawOf(experimentSchema.parse({ ...offer, ...more }));
    expect(draw({ name: 'New', goal: { key: 'm', of: 'click' } })).toEqual(draw({}));
    for (const more of [
      { coverage: 0.5 },
      { targeting: 'true' },
      { variations: [{ key: 'a' }, { key: 'c' }] },
    ])
      expect(draw(more)).not.toEqual(draw({}));
  });
});
