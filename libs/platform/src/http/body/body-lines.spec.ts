import fc from 'fast-check';
import { bodyLines, type BodyLine } from './body-lines.js';

async function linesOf(pieces: readonly Buffer[], most: number): Promise<BodyLine[]> {
  const body = (async function* () {
    for (const piece of pieces) yield await Promise.resolve(piece);
  })();
  const all: BodyLine[] = [];
  for await (const lines of bodyLines(body, most)) all.push(...lines);
  return all;
}

/** A text cut into pieces anywhere, within characters too. */
const cut = (text: string, at: readonly number[]) => {
  const bytes = Buffer.from(text);
  const places = [...new Set([0, ...at.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

describe('the lines of a body', () => {
  it('are the same however they arrive', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', '').trim());
    return fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat()), fc.boolean(), async (lines, at, ended) => {
        const text = lines.join('\n') + (ended ? '\n' : '');
        expect(await linesOf(cut(text, at), 10_000)).toEqual(lines.filter((one) => one !== ''));
      }),
    );
  });

  it('are null where they are too long, and the next is itself again', async () => {
    const text = `ab\n${'x'.repeat(100)}\ncd\r\n\n${'y'.repeat(11)}`;
    expect(await linesOf(cut(text, [5, 20, 60]), 10)).toEqual(['ab', null, 'cd', null]);
  });
});
