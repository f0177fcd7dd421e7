import fc from 'fast-check';
import { segmentationOf } from './segments.js';

const basic = fc.constantFrom(...'abcXYZ 019@£$èÅΔΩß?!\n');
const extended = fc.constantFrom(...'^{}\\[~]|€');
const other = fc.constantFrom('ç', '☕', '’', '😀', '👩', '漢');

describe('segments', () => {
  it.each([
    ['', 'gsm-7', 0, 1],
    ['x'.repeat(160), 'gsm-7', 160, 1],
    ['x'.repeat(161), 'gsm-7', 161, 2],
    ['x'.repeat(306), 'gsm-7', 306, 2],
    ['x'.repeat(307), 'gsm-7', 307, 3],
    ['€'.repeat(80), 'gsm-7', 160, 1],
    ['€'.repeat(81), 'gsm-7', 162, 2],
    // An escape is not parted from its character: 76 fit into 153 septets, not 76 and a half.
    ['€'.repeat(153), 'gsm-7', 306, 3],
    ['’'.repeat(70), 'ucs-2', 70, 1],
    ['’'.repeat(71), 'ucs-2', 71, 2],
    ['😀'.repeat(35), 'ucs-2', 70, 1],
    ['😀'.repeat(36), 'ucs-2', 72, 2],
    ['😀'.repeat(67), 'ucs-2', 134, 3],
    ['x'.repeat(69) + '漢', 'ucs-2', 70, 1],
    ['ç', 'ucs-2', 1, 1],
    ['Ç', 'gsm-7', 1, 1],
  ] as const)('%#', (text, encoding, units, segments) => {
    expect(segmentationOf(text)).toEqual({ encoding, units, segments });
  });

  it('uses no segment more than it must, and none less than would hold the text', () => {
    const text = fc.array(fc.oneof({ weight: 8, arbitrary: basic }, extended, other), { maxLength: 700 });
    fc.assert(
      fc.property(text, (characters) => {
        const { encoding, units, segments } = segmentationOf(characters.join(''));
        const [alone, part, widest] = encoding === 'gsm-7' ? [160, 153, 2] : [70, 67, 2];
        if (units <= alone) return segments === 1;
        // At most a unit of each segment stays empty for the sake of a character that takes two.
        return segments >= Math.ceil(units / part) && segments <= Math.ceil(units / (part - widest + 1));
      }),
    );
  });

  it('never shrinks when a text grows', () => {
    const text = fc.array(fc.oneof(basic, extended, other), { maxLength: 300 });
    fc.assert(
      fc.property(text, fc.oneof(basic, extended, other), (characters, one) => {
        const before = characters.join('');
        return segmentationOf(before + one).segments >= segmentationOf(before).segments;
      }),
    );
  });
});
