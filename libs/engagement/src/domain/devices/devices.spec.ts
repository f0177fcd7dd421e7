import fc from 'fast-check';
import { CODE_BYTES, formatCode, presentedAgain, readCode, REUSE_GRACE_MS } from './index.js';

describe('pairing codes', () => {
  it('are read however people type them', () => {
    const bytes = fc.uint8Array({ minLength: CODE_BYTES, maxLength: CODE_BYTES });
    fc.assert(
      fc.property(bytes, (random) => {
        const code = formatCode(Buffer.from(random));
        expect(code).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/);
        expect(readCode(code)).toBe(code);
        expect(readCode(` ${code.toLowerCase().replace('-', ' ')} `)).toBe(code);
      }),
    );
  });

  it.each(['', 'BCDF', 'BCDF-GHJA', 'BCDF-GHJKL', 'B'.repeat(10_000), 'ｂｃｄｆ-ｇｈｊｋ'])(
    'are not %j',
    (typed) => {
      expect(readCode(typed)).toBeNull();
    },
  );
});

it('takes a replaced credential for a stolen one once no request can still be under way', () => {
  expect(presentedAgain(null, 1e15)).toBe(false);
  expect(presentedAgain(1000, 1000 + REUSE_GRACE_MS)).toBe(false);
  expect(presentedAgain(1000, 1001 + REUSE_GRACE_MS)).toBe(true);
});
