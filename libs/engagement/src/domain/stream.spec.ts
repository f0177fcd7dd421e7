import fc from 'fast-check';
import { firstIdAt, formatEvent, readPosition, RecentIds, timeOfId, writePosition } from './index.js';

const A = '01976b1e-0000-7000-8000-000000000001';
const B = '01976b1e-0000-7000-8000-000000000002';

describe('a position', () => {
  it('is what Last-Event-ID says of each topic', () => {
    const read = readPosition(`events@${A},deliveries@${B}`);
    expect(read.ok && writePosition(read.value)).toBe(`events@${A},deliveries@${B}`);
    expect(readPosition('')).toEqual({ ok: true, value: new Map() });
  });

  it.each([
    'events',
    `events@${A},events@${B}`,
    'events@1; DROP TABLE x',
    `events@${A}\n`,
    `${'events@'.repeat(100)}`,
    `x@${A},`.repeat(1000),
  ])('is never anything else: %#', (text) => {
    expect(readPosition(text)).toMatchObject({ ok: false, failure: { code: 'STREAM.INVALID_POSITION' } });
  });

  it('refuses any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => !readPosition(`!${text}`).ok));
  });
});

describe('an id', () => {
  it('tells its time', () => {
    fc.assert(fc.property(fc.nat(2 ** 41), (time) => timeOfId(firstIdAt(time)) === time));
  });
});

describe('an event on the wire', () => {
  it('is one line of data, whatever the data hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const wire = formatEvent({ id: A, event: 'offer', data: { text } });
        expect(wire.split('\n')).toHaveLength(5);
      }),
    );
    expect(formatEvent({ event: 'bye', data: {}, retry: 1000.4 })).toBe(
      'event: bye\ndata: {}\nretry: 1000\n\n',
    );
  });
});

describe('recent ids', () => {
  it('show each item once, also one that commits late', () => {
    const recent = new RecentIds();
    expect(recent.unseen([{ id: B }], A)).toEqual([{ id: B }]);
    expect(recent.unseen([{ id: A }, { id: B }], A)).toEqual([{ id: A }]);
    expect(recent.unseen([{ id: A }, { id: B }], B)).toEqual([]);
  });
});
