import fc from 'fast-check';
import { NumericScale } from './numeric-scale.js';

describe('NumericScale', () => {
  it('stays bounded and rises with the value', () => {
    const numbers = fc.array(fc.double({ min: -1e100, max: 1e100, noNaN: true }), {
      minLength: 2,
      maxLength: 100,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const scale = new NumericScale();
        for (const value of values) scale.observe(value);
        const scaled = [...values].sort((a, b) => a - b).map((value) => scale.scale(value));
        expect(
          scaled.every((value, at) => Math.abs(value) <= 5 && (at === 0 || value >= scaled[at - 1]!)),
        ).toBe(true);
      }),
    );
  });

  it('says nothing of a value that is always the same', () => {
    const scale = new NumericScale();
    for (let at = 0; at < 10; at += 1) scale.observe(3.3);
    expect(scale.scale(3.3)).toBe(0);
    expect(scale.scale(9)).toBe(0);
  });
});
