import { names, spellingsOf } from './data-subject.js';

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
