import fc from 'fast-check';
import { FairShare, type Waiting } from './fair-share.js';

const line = (origin: string, count: number, kind: Waiting['class'] = 'marketing'): Waiting[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${origin}-${index}`, class: kind, origin }));

describe('a fair share', () => {
  it('lets transactional messages go first', () => {
    const chosen = new FairShare().choose(
      [...line('campaign', 9), ...line('message', 2, 'transactional')],
      3,
    );
    expect(chosen.map(({ id }) => id)).toEqual(['message-0', 'message-1', 'campaign-0']);
  });

  it('gives every origin as much, also one message at a time', () => {
    const share = new FairShare();
    const counts: Record<string, number> = { big: 0, small: 0 };
    for (let turn = 0; turn < 100; turn += 1)
      for (const { origin } of share.choose([...line('big', 1000), ...line('small', 60)], 1))
        counts[origin] = (counts[origin] ?? 0) + 1;
    expect(counts).toEqual({ big: 50, small: 50 });
  });

  it('does not let who was away catch up', () => {
    const share = new FairShare();
    for (let turn = 0; turn < 50; turn += 1) share.choose(line('early', 100), 1);
    const chosen = share.choose([...line('early', 100), ...line('late', 100)], 20);
    expect(chosen.filter(({ origin }) => origin === 'late').length).toBeLessThanOrEqual(11);
  });

  it('takes as many as there are, each once, in the order of their line', () => {
    const origins = fc.array(
      fc.record({
        origin: fc.constantFrom('a', 'b', 'c', 'd'),
        class: fc.constantFrom('transactional', 'marketing'),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(origins, fc.integer({ min: 0, max: 80 }), (made, count) => {
        const waiting = made.map((one, index): Waiting => ({ ...one, id: String(index) }) as Waiting);
        const chosen = new FairShare().choose(waiting, count);
        expect(chosen).toHaveLength(Math.min(count, waiting.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const { origin, class: kind } of waiting) {
          const ids = chosen
            .filter((one) => one.origin === origin && one.class === kind)
            .map(({ id }) => +id);
          expect(ids).toEqual([...ids].sort((a, b) => a - b));
        }
      }),
    );
  });
});
