import fc from 'fast-check';
import { copyLine, readCopyLine } from './copy-line.js';

describe('a line of COPY', () => {
  it('is tab-separated, and ends', () => {
    expect(copyLine(['a', null, '{"b":"c\\n"}']).join('')).toBe('a\t\\N\t{"b":"c\\\\n"}\n');
  });

  it('is read as it was written', () => {
    const field = fc.option(
      fc.string({ unit: fc.constantFrom('\\', '\n', '\r', '\t', 'N', 'n', '"', 'é', '\u{1f600}') }),
    );
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        expect(readCopyLine(copyLine(fields).join(''))).toEqual(fields);
      }),
    );
  });
});
