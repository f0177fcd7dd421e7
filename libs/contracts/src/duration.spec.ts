import fc from 'fast-check';
import { parseDuration } from './duration.js';

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['PT1H30M', 5_400_000],
    ['P30D', 2_592_000_000],
    ['0s', 0],
  ])('reads %s', (text, expected) => expect(parseDuration(text)).toBe(expected));

  it.each(['', '1', 'h', '1y', 'P1Y', 'P', 'PT', '-1h', '9999w', '1h 30m'])('refuses %j', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it('never throws', () => fc.assert(fc.property(fc.string(), (text) => void parseDuration(text))));
});
