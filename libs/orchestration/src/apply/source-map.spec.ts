import { SourceDocument } from './source-map.js';

describe('a document to be applied', () => {
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it('may be nested as deep as configuration is', () => {
    expect(SourceDocument.parse(nested(50))).toMatchObject({ value: expect.any(Array) as unknown });
    expect(SourceDocument.parse('a:\n  - b:\n      c: {d: [1, {e: 2}]}')).toMatchObject({
      value: { a: [{ b: { c: { d: [1, { e: 2 }] } } }] },
    });
  });

  it.each([
    ['lists', nested(100_000)],
    ['lists that do not end', '['.repeat(100_000)],
    ['maps', '{a: '.repeat(100_000)],
    ['lists in lines', '- '.repeat(100_000)],
    ['keys', '? '.repeat(100_000)],
    ['maps by indentation', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('is refused where it is nested without end: %s', (_what, text) => {
    expect(SourceDocument.parse(text)).toMatchObject({ error: expect.stringContaining('nested') as unknown });
  });

  it('tells where it becomes too deep', () => {
    const parsed = SourceDocument.parse(`a: 1\nb: ${nested(500)}`);
    expect(parsed).toMatchObject({ position: { line: 2 } });
  });
});
