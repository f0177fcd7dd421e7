import fc from 'fast-check';
import { MovableClock } from './movable-clock.js';

describe('a clock that can be moved', () => {
  it('never goes back, whatever it is told in whatever order', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 12 })), (offsets) => {
        const clock = new MovableClock();
        const seen = offsets.map((offset) => {
          clock.moveTo(offset);
          return clock.offset;
        });
        expect(seen).toEqual(offsets.map((_, index) => Math.max(...offsets.slice(0, index + 1))));
      }),
    ));

  it('is the system’s, and so much more', () => {
    const clock = new MovableClock();
    clock.moveTo(3_600_000);
    expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000);
  });
});
