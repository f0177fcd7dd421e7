import fc from 'fast-check';
import { Arena, joinNeighbours } from './arena.js';

const MEGABYTE = 1 << 20;

describe('the arena', () => {
  it('keeps every piece as it is until it is released, whatever comes and goes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 50 }),
      fc.integer({ min: 1, max: MEGABYTE }).map((length) => 'ü'.repeat(length)),
    );
    const step = fc.oneof({ weight: 3, arbitrary: text }, { weight: 2, arbitrary: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const arena = new Arena();
        const kept: { text: string; bytes: Buffer }[] = [];
        for (const one of steps) {
          if (typeof one === 'string') kept.push({ text: one, bytes: arena.keep(one) });
          else for (const { bytes } of kept.splice(one % (kept.length + 1), 1)) arena.release(bytes);
        }
        for (const { text, bytes } of kept) expect(bytes.equals(Buffer.from(text))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('uses its chunks again', () => {
    const arena = new Arena();
    const chunks = new Set<ArrayBufferLike>();
    for (let round = 0; round < 50; round += 1) {
      const pieces = Array.from({ length: 30 }, () => arena.keep('x'.repeat(100_000)));
      for (const piece of pieces) {
        chunks.add(piece.buffer);
        arena.release(piece);
      }
    }
    expect(chunks.size).toBeLessThanOrEqual(12);
  });

  it('knows its own bytes', () => {
    expect(() => new Arena().release(Buffer.from('strange'))).toThrow('not of this arena');
  });

  it('joins neighbours', () => {
    const arena = new Arena();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => arena.keep(text)) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const texts = (pieces: Buffer[]) => joinNeighbours(pieces).map(String);
    expect(texts([a, b, c, d])).toEqual(['abcd']);
    expect(texts([a, c, d, b])).toEqual(['a', 'cd', 'b']);
    expect(texts([a, Buffer.from('elsewhere'), b])).toEqual(['a', 'elsewhere', 'b']);
    expect(texts([])).toEqual([]);
  });
});
