import { names, profilesAndValues, spellingsOf, valuesOf } from './data-subject.js';

describe('names', () => {
  const spellings = new Set(spellingsOf(['Ann@Example.org', '+14155552671', 4711, 'ab', null, {}]));

  it.each([
    ['a text', 'ann@example.org ', true],
    ['a member deep inside', { a: [{ b: 'ANN@EXAMPLE.ORG' }] }, true],
    ['a number', { id: 4711 }, true],
    ['the name of a member', { 'ann@example.org': 1 }, true],
    ['a text that only contains it', { note: 'write to ann@example.org' }, false],
    ['what is too short to mean somebody', { a: 'ab' }, false],
    ['nothing', { a: null, b: [], c: true }, false],
  ])('%s', (_what, value, found) => {
    expect(names(value, spellings)).toBe(found);
  });
});

describe('the values of a person’s identifiers', () => {
  const subject = {
    profileIds: ['p1', 'p2'],
    identifiers: [
      { namespace: 'email', value: 'ann@example.org' },
      { namespace: 'anonymous_id', value: 'phone of Ann' },
    ],
    spellings: [],
    events: [],
  };

  it('are all of them, or those of some namespaces', () => {
    expect(valuesOf(subject)).toEqual(['ann@example.org', 'phone of Ann']);
    expect(valuesOf(subject, 'anonymous_id', 'user_id')).toEqual(['phone of Ann']);
  });

  it('go into a query beside the ids of profiles', () => {
    expect(profilesAndValues(subject, 'email')).toEqual([['p1', 'p2'], ['ann@example.org']]);
  });
});
