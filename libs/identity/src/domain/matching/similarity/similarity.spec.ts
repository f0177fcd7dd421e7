import { withinOneEdit } from './edit-distance.js';
import { isSimilar, jaroWinkler } from './jaro-winkler.js';
import { areNicknames, formalNames } from './nicknames.js';
import { phoneticKey } from './phonetic-key.js';
import { sharedWords } from './shared-words.js';

describe('jaroWinkler', () => {
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
    ['same', 'same', 1],
    ['abc', 'xyz', 0],
    ['', 'abc', 0],
  ])('gives the published figure for %s and %s', (a, b, figure) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(figure, 3);
    expect(jaroWinkler(b, a)).toBeCloseTo(figure, 3);
  });

  it('does not look further where neither end fits', () => {
    expect(isSimilar('catherine', 'katherina', 0.5)).toBe(false);
    expect(isSimilar('catherine', 'cathrine', 0.9)).toBe(true);
  });
});

describe('withinOneEdit', () => {
  it.each([
    ['smith', 'smith'],
    ['smith', 'smth'],
    ['smith', 'smiith'],
    ['smith', 'smyth'],
    ['smith', 'simth'],
    ['a', ''],
  ])('takes %s and %s for one slip', (a, b) => {
    expect(withinOneEdit(a, b)).toBe(true);
    expect(withinOneEdit(b, a)).toBe(true);
  });

  it.each([
    ['smith', 'smithes'],
    ['smith', 'smeth1'],
    ['abcd', 'badc'],
    ['abc', 'cba'],
  ])('takes %s and %s for more', (a, b) => expect(withinOneEdit(a, b)).toBe(false));
});

describe('phoneticKey', () => {
  it.each([
    ['smith', 'smyth'],
    ['catherine', 'katharine'],
    ['philip', 'filip'],
    ['meyer', 'maier'],
    ['schmidt', 'schmitt'],
    ['clark', 'clarke'],
  ])('brings %s and %s together', (a, b) => expect(phoneticKey(a)).toBe(phoneticKey(b)));

  it('keeps others apart', () => expect(phoneticKey('jones')).not.toBe(phoneticKey('smith')));
});

describe('nicknames', () => {
  it('knows forms of one name, both ways and between short forms', () => {
    expect(areNicknames('bob', 'robert')).toBe(true);
    expect(areNicknames('peggy', 'margaret')).toBe(true);
    expect(areNicknames('bill', 'willie')).toBe(true);
    expect(areNicknames('bob', 'william')).toBe(false);
    expect(formalNames('alex')).toEqual(['alexander', 'alexandra']);
    expect(formalNames('zebulon')).toEqual([]);
  });
});

describe('sharedWords', () => {
  it('counts whole words, in any order', () => {
    expect(sharedWords('high st north', 'north high st')).toBe(1);
    expect(sharedWords('high st', 'low st')).toBe(0.5);
    expect(sharedWords('highst', 'high')).toBe(0);
    expect(sharedWords('a b', 'ab')).toBe(0);
  });
});
