import { pause, until, type BusSubject } from './bus-subject.js';

/** Messages commit with the transaction, become due in time and wake whoever waits. */
export function describePublishing(subject: BusSubject): void {
  describe('publishing', () => {
    it('delivers a CloudEvent with what was published', async () => {
      const got = await subject.collect('shop.opened');
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      const data = { name: 'Ann\u0000 \ud83d', nested: { list: [1, null, 'ö'] } };
      await subject.database.transaction((tx) =>
        subject.bus.publish(tx, [{ type: 'shop.opened', subject: 'shop-1', data, traceparent }]),
      );
      await until(() => got.length === 1);
      expect(got[0]).toEqual({
        specversion: '1.0',
        id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
        source: expect.any(String) as string,
        type: 'shop.opened',
        subject: 'shop-1',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        datacontenttype: 'application/json',
        traceparent,
        data,
      });
    });

    it('delivers after the commit, not before', async () => {
      const got = await subject.collect('a');
      await subject.database.transaction(async (tx) => {
        await subject.bus.publish(tx, [{ type: 'a', data: 1 }]);
        await pause(150);
        expect(got).toHaveLength(0);
      });
      await until(() => got.length === 1);
    });

    it('publishes nothing when the transaction rolls back', async () => {
      const got = await subject.collect('a');
      const failing = subject.database.transaction(async (tx) => {
        await subject.bus.publish(tx, [{ type: 'a', data: 'lost' }]);
        throw new Error('business says no');
      });
      await expect(failing).rejects.toThrow('business says no');
      await subject.publish('a', 'kept');
      await until(() => got.length === 1);
      expect(got[0]?.data).toBe('kept');
    });

    it('holds a message back until it is due', async () => {
      const got = await subject.collect('a');
      const availableAt = subject.clock.now() + 3_600_000;
      await subject.database.transaction((tx) =>
        subject.bus.publish(tx, [{ type: 'a', data: 1, availableAt }]),
      );
      await subject.publish('a', 2);
      await until(() => got.length === 1);
      expect(got[0]?.data).toBe(2);
      subject.clock.advance(3_600_001);
      await until(() => got.length === 2);
      expect(got[1]?.data).toBe(1);
    });

    it('wakes an idle worker at once', async () => {
      const got = await subject.collect('a');
      await subject.publish('a', 0);
      await until(() => got.length === 1);
      const waits: number[] = [];
      for (let round = 1; round <= 5; round += 1) {
        await pause(300);
        const started = performance.now();
        await subject.publish('a', round);
        await until(() => got.length === round + 1, { everyMs: 1 });
        waits.push(performance.now() - started);
      }
      // Polling alone would take 250 ms in the mean; the best of five shows what the wake-up does.
      expect(Math.min(...waits)).toBeLessThan(100);
    });
  });
}
