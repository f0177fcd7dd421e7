import { pause, until, type BusHandler, type BusSubject } from './bus-subject.js';

/** Workers share the work, and what one cannot finish another does. */
export function describeWorkers(subject: BusSubject): void {
  describe('workers', () => {
    it('gives what a killed worker held to another, after the visibility timeout', async () => {
      const held: unknown[] = [];
      const doomed = await subject.consume({
        a: (event) => {
          held.push(event.data);
          return new Promise(() => undefined);
        },
      });
      await subject.publish('a', 1, 2, 3);
      await until(() => held.length === 3);
      const got = await subject.collect('a');
      await doomed.kill();
      await pause(200);
      expect(got).toHaveLength(0);
      await until(() => got.length === 3);
      expect(got.map((event) => event.data).sort()).toEqual([1, 2, 3]);
    });

    it('keeps a message that takes longer than the visibility timeout', async () => {
      let begun = 0;
      let ended = 0;
      const slow: BusHandler = async () => {
        begun += 1;
        await pause(2_500);
        ended += 1;
      };
      await subject.consume({ a: slow });
      await subject.consume({ a: slow });
      await subject.publish('a', 1);
      await until(() => ended === 1);
      await pause(200);
      expect(begun).toBe(1);
    });

    it('lets two workers share the work, each message once', async () => {
      const shares: unknown[][] = [[], []];
      const worker = (share: number) =>
        subject.consume({
          a: async (event) => {
            await pause(5);
            shares[share]?.push(event.data);
          },
        });
      await worker(0);
      await worker(1);
      await subject.publish('a', ...Array.from({ length: 400 }, (_, index) => index));
      await until(() => shares.flat().length >= 400);
      expect(new Set(shares.flat()).size).toBe(400);
      expect(shares.flat()).toHaveLength(400);
      for (const share of shares) expect(share.length).toBeGreaterThan(40);
    });

    it('leaves messages without a handler here to those who have one', async () => {
      const first = await subject.collect('a');
      await subject.publish('b', 'for another');
      await subject.publish('a', 'mine');
      await until(() => first.length === 1);
      const second = await subject.collect('b');
      await until(() => second.length === 1);
      expect(first.map((event) => event.data)).toEqual(['mine']);
    });

    it('does not let a slow type starve another', async () => {
      const quick: unknown[] = [];
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const slowTypes = ['s1', 's2', 's3', 's4', 's5', 's6'];
      await subject.consume({
        ...Object.fromEntries(slowTypes.map((type) => [type, () => released])),
        quick: async (event) => void quick.push(event.data),
      });
      for (const type of slowTypes) await subject.publish(type, ...Array.from({ length: 50 }, (_, n) => n));
      await pause(100);
      await subject.publish('quick', 1, 2, 3);
      await until(() => quick.length === 3);
      release();
    });

    it('stops gracefully: finishes what runs, gives back the rest', async () => {
      const ended: unknown[] = [];
      let begun = 0;
      const worker = await subject.consume({
        a: async (event) => {
          begun += 1;
          await pause(300);
          ended.push(event.data);
        },
      });
      await subject.publish('a', ...Array.from({ length: 60 }, (_, index) => index));
      await until(() => begun > 0);
      await worker.stop();
      expect(ended).toHaveLength(begun);
      expect(begun).toBeLessThan(60);
      const first = ended.length;
      const attempts = new Map<unknown, number>();
      await subject.consume({ a: async (event, context) => void attempts.set(event.data, context.attempt) });
      await until(() => attempts.size === 60 - first);
      expect(new Set([...ended, ...attempts.keys()]).size).toBe(60);
      // What was given back was never tried; what comes back by a lapsed lease would be in its second try.
      expect(new Set(attempts.values())).toEqual(new Set([1]));
    });

    it('brings 10,000 messages through with nothing lost', async () => {
      const seen = new Set<unknown>();
      let failures = 0;
      const handler: BusHandler = async (event, context) => {
        if ((event.data as number) % 500 === 0 && context.attempt === 1) {
          failures += 1;
          throw new Error('the first try of some fails');
        }
        seen.add(event.data);
      };
      await subject.consume({ a: handler, b: handler });
      await subject.consume({ a: handler });
      const doomed = await subject.consume({ a: handler, b: handler });
      for (let batch = 0; batch < 100; batch += 1) {
        const numbers = Array.from({ length: 100 }, (_, index) => batch * 100 + index);
        await subject.publish(batch % 2 === 0 ? 'a' : 'b', ...numbers);
        if (batch === 50) await doomed.kill();
      }
      await until(() => seen.size === 10_000, { withinMs: 30_000 });
      // Twenty, but for those whose first try died with the worker before it began.
      expect(failures).toBeGreaterThan(10);
    });
  });
}
