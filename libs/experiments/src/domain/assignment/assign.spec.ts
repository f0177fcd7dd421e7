import { STRANGER, type GoldenRecord } from '@repartee/profile/domain';
import { seedOf } from '../definition/index.js';
import { running, visitor } from '../testing/sample-experiment.js';
import {
  assign,
  ExperimentBook,
  flagValue,
  participantOf,
  personUnit,
  strangerOf,
  trialsFor,
} from './index.js';

const NOW = new Date('2026-05-01T12:00:00Z');
const variables = (profile: object = STRANGER) => ({ profile, context: {}, now: NOW });
const people = Array.from({ length: 400 }, (_, index) => visitor(`device-${index}`));
const variationsOf = (experiment: ReturnType<typeof running>) =>
  people.map((person) => assign(experiment, person, variables()).variation?.key);

function record(fields: Partial<GoldenRecord>): GoldenRecord {
  return { id: 'profile', identifiers: [], firstSeen: 100, ...fields } as GoldenRecord;
}
const device = (value: string, more: object = {}) => ({
  namespace: 'anonymous_id',
  value,
  verified: false,
  ...more,
});

describe('assigning', () => {
  it('draws the same person the same way, and anew in every phase', () => {
    const first = running();
    expect(variationsOf(first)).toEqual(variationsOf(running()));
    expect(new Set(variationsOf(first))).toEqual(new Set(['control', 'b']));
    const next = running({}, { phase: 2 });
    expect(next.seed).toBe('exp:2');
    expect(variationsOf(next)).not.toEqual(variationsOf(first));
    expect(seedOf({ key: 'k', seed: 's' }, 1)).toBe('s');
  });

  it('leaves out whoever it is not for, and says why', () => {
    const person = visitor('d');
    const why = (experiment: ReturnType<typeof running>, who = person) =>
      assign(experiment, who, variables());
    expect(why(running({}, { state: 'draft' }))).toMatchObject({ outside: 'not-running' });
    expect(why(running(), { ...person, inControl: true })).toMatchObject({ outside: 'control-group' });
    expect(why(running(), strangerOf(null))).toMatchObject({ outside: 'nobody-to-draw' });
    expect(why(running({ hashBy: 'user_id' }))).toMatchObject({
      outside: 'nobody-to-draw',
      detail: 'no user_id is known',
    });
    expect(why(running({ targeting: 'profile.known' }))).toMatchObject({ outside: 'not-targeted' });
    expect(why(running({ coverage: 0 }))).toMatchObject({ outside: 'outside-coverage' });
    const unknown = why(running({ targeting: 'profile.traits.age > 30' }));
    expect(unknown).toMatchObject({ outside: 'targeting-unknown' });
    expect(unknown.outside === 'targeting-unknown' && unknown.detail).toContain('age');
    const parts = [
      [0, 0.5],
      [0.5, 1],
    ].map(([from, to]) => why(running({ namespace: { key: 'n', from: from ?? 0, to: to ?? 1 } })));
    expect(parts.filter(({ outside }) => outside === 'other-part-of-namespace')).toHaveLength(1);
  });

  it('gives the released variation to everybody targeted once it has stopped', () => {
    const stopped = running({ targeting: 'profile.known' }, { state: 'stopped', released: 'b' });
    expect(assign(stopped, strangerOf(null), variables())).toMatchObject({ outside: 'not-targeted' });
    const known = variables({ ...STRANGER, known: true });
    expect(assign(stopped, strangerOf(null), known)).toMatchObject({ variation: { key: 'b' }, unit: null });
  });
});

describe('the id that is drawn', () => {
  it('is the device with which all began, before and after a sign-in', () => {
    const begun = record({ device: { anonymousId: 'd1', at: 100 }, identifiers: [device('d1')] });
    expect(strangerOf('d1').person).toBe('d1');
    expect(personUnit(begun)).toBe('d1');
    const signedIn = record({
      ...begun,
      identifiers: [device('d1'), { namespace: 'user_id', value: '42', verified: true }],
    });
    expect(personUnit(signedIn)).toBe('d1');
  });

  it('is the record for whoever was known before her first device', () => {
    const known = record({ device: { anonymousId: 'd1', at: 200 }, identifiers: [device('d1')] });
    expect(personUnit(known)).toBe('profile');
    expect(personUnit(record({}))).toBe('profile');
  });

  it('is not a device that was somebody else’s before, or is shared', () => {
    const begun = { device: { anonymousId: 'd1', at: 100 } };
    expect(personUnit(record({ ...begun, identifiers: [device('d1', { since: 50 })] }))).toBe('profile');
    expect(personUnit(record({ ...begun, identifiers: [device('d1', { shared: true })] }))).toBe('profile');
    expect(personUnit(record({ ...begun, identifiers: [device('d1', { until: 500 })] }))).toBe('d1');
  });

  it('may be an identifier: the one that has been hers for longest', () => {
    const experiment = running({ hashBy: 'user_id' });
    const held = (value: string, since: number) => ({ namespace: 'user_id', value, verified: true, since });
    const person = participantOf(record({ identifiers: [held('new', 9), held('old', 3)] }), null);
    expect(assign(experiment, person, variables())).toMatchObject({ unit: 'old' });
  });
});

describe('trials', () => {
  const trialsOf = (experiments: ReturnType<typeof running>[], who = people[0]!) =>
    trialsFor(new ExperimentBook(experiments), who, variables());
  const inVariation = (experiment: ReturnType<typeof running>, key: string) =>
    people.find((person) => assign(experiment, person, variables()).variation?.key === key)!;

  it('hide, and count those who see the offer as those who do not', () => {
    const experiment = running();
    for (const [variation, hiddenBy] of [
      ['control', null],
      ['b', 'exp'],
    ] as const) {
      const trials = trialsOf([experiment], inVariation(experiment, variation));
      expect(trials.rank('a')).toEqual({ hiddenBy, lever: 1 });
      expect(trials.rank('other')).toBeUndefined();
      trials.rank('a');
      expect(trials.exposures).toMatchObject([{ experiment: 'exp', phase: 1, variation }]);
    }
  });

  it('raise and lower', () => {
    const variations = [{ key: 'control' }, { key: 'b', lever: 50 }];
    const experiment = running({ variations });
    expect(trialsOf([experiment], inVariation(experiment, 'b')).rank('a')).toEqual({
      hiddenBy: null,
      lever: 1.5,
    });
  });

  it('change the treatment, and count only where one could be changed', () => {
    const variations = [{ key: 'control' }, { key: 'b', treatment: 'a.web.b' }];
    for (const on of [{ offer: 'a' }, { treatment: 'a.web' }]) {
      const experiment = running({ on, variations });
      const trials = trialsOf([experiment], inVariation(experiment, 'b'));
      expect(trials.rank('a')).toBeUndefined();
      expect(trials.present('a', 'a.web', () => false)).toBe('a.web');
      expect(trials.exposures).toEqual([]);
      expect(trials.present('a', 'a.web', (key) => key === 'a.web.b')).toBe('a.web.b');
      expect(trials.exposures).toHaveLength(1);
      const control = trialsOf([experiment], inVariation(experiment, 'control'));
      expect(control.present('a', 'a.web', () => true)).toBe('a.web');
      expect(control.exposures).toHaveLength(1);
    }
  });

  it('count nobody for an answer that was not given, and those who met the same by its ranking', () => {
    const variations = [{ key: 'control' }, { key: 'b', treatment: 'a.web.b' }];
    const shown = running({ on: { treatment: 'a.web' }, variations });
    const both = running({ variations: [{ key: 'control' }, { key: 'b', treatment: 'a.web.b', lever: 10 }] });
    const trials = trialsOf([shown], inVariation(shown, 'b'));
    expect(trials.present('a', 'a.web', () => true)).toBe('a.web.b');
    trials.withdraw();
    expect([trials.exposures, trials.met]).toEqual([[], []]);
    trials.present('a', 'a.web', () => true);
    expect(trials.exposures).toHaveLength(1);
    const ranked = trialsOf([both], inVariation(both, 'b'));
    ranked.rank('a');
    ranked.present('a', 'a.web', () => true);
    ranked.withdraw();
    expect(ranked.exposures).toHaveLength(1);
  });

  it('count nobody for what was released to all', () => {
    const trials = trialsOf([running({}, { state: 'stopped', released: 'b' })]);
    expect(trials.rank('a')).toEqual({ hiddenBy: 'exp', lever: 1 });
    expect(trials.exposures).toEqual([]);
  });
});

describe('a flag', () => {
  const flag = (more: object = {}, standing: object = {}) =>
    running(
      {
        on: { flag: 'f', default: 'off' },
        variations: [
          { key: 'x', value: 'x' },
          { key: 'y', value: 'y' },
        ],
        ...more,
      },
      standing,
    );
  const valueOf = (experiment: ReturnType<typeof running>) =>
    flagValue(assign(experiment, people[0]!, variables()));
  const single = { variations: [{ key: 'on', value: true }] };

  it.each([
    ['a split', flag(), { reason: 'SPLIT' }],
    ['no coverage', flag({ coverage: 0 }), { reason: 'DEFAULT', value: 'off' }],
    ['a draft', flag({}, { state: 'draft' }), { reason: 'DISABLED', value: 'off' }],
    ['stopped', flag({}, { state: 'stopped' }), { reason: 'DISABLED', value: 'off' }],
    [
      'released',
      flag({}, { state: 'stopped', released: 'y' }),
      { reason: 'STATIC', value: 'y', variant: 'y' },
    ],
    ['switched on', flag(single), { reason: 'STATIC', value: true, variant: 'on' }],
    [
      'for some',
      flag({ ...single, targeting: '!profile.known' }),
      { reason: 'TARGETING_MATCH', value: true },
    ],
    [
      'not for this one',
      flag({ ...single, targeting: 'profile.known' }),
      { reason: 'DEFAULT', value: 'off' },
    ],
  ])('tells %s', (_, experiment, expected) => {
    expect(valueOf(experiment)).toMatchObject(expected);
  });

  it('that is merely switched on asks for nobody', () => {
    expect(assign(flag(single), strangerOf(null), variables())).toMatchObject({ variation: { key: 'on' } });
  });
});
