import fc from 'fast-check';
import { flawOfPassword, MAX_PASSWORD, MIN_PASSWORD } from './password-rules.js';

describe('a new password', () => {
  it.each([
    'thirteen quiet lanterns',
    'a heron on the seventh pier',
    'k7pd-x2mq-9fhw-zzt3-b8ne',
    'correct horse battery staple',
    'ฝนตกที่ท่าเรือเมื่อวาน',
    'ЖёлтыйФонарьУРеки',
    '   spaces   count   ',
  ])('%j will do', (password) => {
    expect(flawOfPassword(password)).toBeUndefined();
  });

  it.each([
    ['short one', /at least 12/],
    ['x'.repeat(MAX_PASSWORD + 1), /at most/],
    ['aaaaaaaaaaaaaaaa', /repeats/],
    ['abababababababab', /repeats/],
    ['123456789012', /many people/],
    ['qwertyuiop1234', /row/],
    ['abcdefghijklmnop', /row/],
    ['0987654321poiuytrewq', /row/],
    ['Password1234!', /many people/],
    ['P@ssw0rd2024!!', /many people/],
    ['iloveyou!2025', /many people/],
    ['WelcomeWelcome1', /many people/],
    ['repartee-2026!!', /many people/],
    ['letmein letmein', /many people/],
  ])('%j will not', (password, why) => {
    expect(flawOfPassword(password)).toMatch(why);
  });

  it('is not made of what everybody knows of the person', () => {
    expect(flawOfPassword('Agnes.Lind.2026!', ['agnes.lind', 'Agnes Lind'])).toMatch(/name/);
    expect(flawOfPassword('Agnes paints boats', ['agnes.lind', 'Agnes Lind'])).toBeUndefined();
  });

  it('of any text at all is judged without fail, and never for its kinds of characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (password) => {
        expect([undefined, expect.any(String)]).toContainEqual(flawOfPassword(password, [password]));
      }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: MIN_PASSWORD + 8, maxLength: 40 }), (noise) => {
        const flaw = flawOfPassword(`${noise} heron and lantern`);
        expect(flaw === undefined || !/letter|digit|sign/.test(flaw)).toBe(true);
      }),
    );
  });
});
