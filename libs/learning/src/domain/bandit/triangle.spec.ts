import fc from 'fast-check';
import { multiply, subtractOuter } from './triangle.js';

const entry = (i: number, j: number) => (Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j);
const cases = fc.integer({ min: 1, max: 23 }).chain((size) => {
  const numbers = (length: number) =>
    fc
      .array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: length, maxLength: length })
      .map((values) => Float64Array.from(values));
  return fc.tuple(fc.constant(size), numbers((size * (size + 1)) / 2), numbers(size));
});

describe('a triangle', () => {
  it('is multiplied as the whole matrix would be', () => {
    fc.assert(
      fc.property(cases, ([size, matrix, point]) => {
        const product = new Float64Array(size);
        multiply(matrix, point, product, size);
        product.forEach((value, i) => {
          const expected = point.reduce((sum, of, j) => sum + matrix[entry(i, j)]! * of, 0);
          expect(value).toBeCloseTo(expected, 9);
        });
      }),
    );
  });

  it('loses the outer product of a vector', () => {
    fc.assert(
      fc.property(cases, ([size, matrix, vector]) => {
        const before = matrix.slice();
        subtractOuter(matrix, vector, 0.5, size);
        for (let i = 0; i < size; i += 1)
          for (let j = 0; j <= i; j += 1)
            expect(matrix[entry(i, j)]).toBeCloseTo(before[entry(i, j)]! - 0.5 * vector[i]! * vector[j]!, 9);
      }),
    );
  });
});
