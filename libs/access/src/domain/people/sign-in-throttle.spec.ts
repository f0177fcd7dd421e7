import fc from 'fast-check';
import { chargeTry, THROTTLES, type Tries } from './sign-in-throttle.js';

const rules = Object.values(THROTTLES);

describe('tries that fail', () => {
  it('are free at first, then wait twice as long each time, and never longer than the rule says', () => {
    const { free, firstWait, longestWait } = THROTTLES.pair;
    let tries: Tries | undefined;
    let now = 1_000_000;
    const waits: number[] = [];
    for (let count = 0; count < 30; count += 1) {
      const charged = chargeTry(tries, THROTTLES.pair, now);
      if ('wait' in charged) throw new Error('it waits though it is time');
      ({ tries } = charged);
      waits.push(Math.max(0, tries.blockedUntil - now));
      now = Math.max(now, tries.blockedUntil);
    }
    expect(waits.slice(0, free - 1).every((wait) => wait === 0)).toBe(true);
    expect(waits.slice(free - 1, free + 2)).toEqual([firstWait, 2 * firstWait, 4 * firstWait]);
    expect(Math.max(...waits)).toBe(longestWait);
  });

  it('never keep anybody out for good, however many there are and whenever they come', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...rules),
        fc.array(fc.nat({ max: 100_000_000 }), { maxLength: 200 }),
        (rule, pauses) => {
          let tries: Tries | undefined;
          let now = 1_000_000;
          for (const pause of pauses) {
            now += pause;
            const charged = chargeTry(tries, rule, now);
            if ('wait' in charged) {
              // Who is told to wait makes nothing longer.
              expect(charged.wait).toBeLessThanOrEqual(rule.longestWait);
              expect(charged.wait).toBe((tries?.blockedUntil ?? 0) - now);
            } else tries = charged.tries;
          }
          expect('tries' in chargeTry(tries, rule, now + rule.longestWait)).toBe(true);
        },
      ),
    );
  });

  it('are forgotten after a day', () => {
    const charged = chargeTry(
      { failures: 500, blockedUntil: 0, at: 0 },
      THROTTLES.pair,
      THROTTLES.pair.forgetAfter,
    );
    expect(charged).toEqual({ tries: { failures: 1, blockedUntil: 0, at: THROTTLES.pair.forgetAfter } });
  });
});
