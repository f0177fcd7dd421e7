import fc from 'fast-check';
import { validate, version } from 'uuid';
import { UuidV7 } from './uuid-v7.js';

describe('UuidV7', () => {
  it('makes valid version 7 ids that carry the time', () => {
    const id = new UuidV7().next(Date.UTC(2026, 0, 15));
    expect([validate(id), version(id)]).toEqual([true, 7]);
    expect(parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(Date.UTC(2026, 0, 15));
  });

  it('sorts as it was made, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e13 }), { maxLength: 200 }), (times) => {
        const ids = new UuidV7();
        const made = times.map((time) => ids.next(time));
        expect([...made].sort()).toEqual(made);
        expect(new Set(made).size).toBe(made.length);
        expect(made.every((id) => validate(id))).toBe(true);
      }),
    );
  });

  it('makes more than a counter holds in one millisecond', () => {
    const ids = new UuidV7();
    const made = Array.from({ length: 10_000 }, () => ids.next(1_000));
    expect([...made].sort()).toEqual(made);
  });
});
