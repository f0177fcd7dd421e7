import type { CloudEvent } from '@repartee/contracts';
import { PermanentFailure } from '../../bus/index.js';
import { pause, until, type BusSubject } from './bus-subject.js';

/** Failed messages are tried again, then kept as dead letters. */
export function describeFailure(subject: BusSubject): void {
  describe('failure', () => {
    it('tries again what failed, and counts the tries', async () => {
      const attempts: number[] = [];
      await subject.consume({
        a: async (_event, context) => {
          attempts.push(context.attempt);
          if (attempts.length < 3) throw new Error('not yet');
        },
      });
      await subject.publish('a', 1);
      await until(() => attempts.length === 3);
      expect(attempts).toEqual([1, 2, 3]);
      await pause(200);
      expect(attempts).toHaveLength(3);
    });

    it('makes a dead letter of what failed too often', async () => {
      let tries = 0;
      await subject.consume({
        a: async () => {
          tries += 1;
          throw new TypeError('never works');
        },
      });
      await subject.publish('a', { order: 7 });
      const letter = await firstDeadLetter();
      expect(tries).toBe(3);
      expect(letter).toMatchObject({ type: 'a', attempts: 3, cause: 'exhausted', replayedAt: null });
      expect(letter.reason).toBe('TypeError: never works');
      expect(letter.event.data).toEqual({ order: 7 });
    });

    it('makes a dead letter at once of a permanent failure, and blocks nobody', async () => {
      const good: unknown[] = [];
      let tries = 0;
      await subject.consume({
        a: async (event) => {
          if (event.data !== 'poison') return void good.push(event.data);
          tries += 1;
          throw new PermanentFailure('the address does not exist');
        },
      });
      await subject.publish('a', 1, 'poison', 2, 3);
      const letter = await firstDeadLetter();
      await until(() => good.length === 3);
      expect(tries).toBe(1);
      expect(letter).toMatchObject({
        cause: 'permanent',
        reason: 'the address does not exist',
        attempts: 1,
      });
    });

    it('makes a dead letter of what no worker survives', async () => {
      let begun = 0;
      for (let life = 1; life <= 3; life += 1) {
        const worker = await subject.consume({
          a: () => {
            begun += 1;
            return new Promise(() => undefined);
          },
        });
        if (life === 1) await subject.publish('a', 'deadly');
        await until(() => begun === life);
        await worker.kill();
      }
      const got = await subject.collect('a');
      const letter = await firstDeadLetter();
      expect(letter).toMatchObject({ type: 'a', cause: 'lapsed', attempts: 3 });
      expect(letter.event.data).toBe('deadly');
      expect(got).toEqual([]);
    });

    it('replays a dead letter once, however often it is asked', async () => {
      let cured = false;
      const got: CloudEvent[] = [];
      await subject.consume({
        a: async (event) => {
          if (!cured) throw new PermanentFailure('down');
          got.push(event);
        },
      });
      await subject.publish('a', 'again');
      const letter = await firstDeadLetter();
      cured = true;
      const answers = await Promise.all([1, 2, 3].map(() => subject.deadLetters.replay(letter.id)));
      expect(answers.filter((answer) => answer.ok && answer.value.replayed)).toHaveLength(1);
      await until(() => got.length === 1);
      expect(got[0]).toEqual(letter.event);
      expect(await subject.deadLetters.replay(letter.id)).toEqual({ ok: true, value: { replayed: false } });
      expect(await subject.deadLetters.list()).toMatchObject({ value: { items: [], nextCursor: null } });
      const read = await subject.deadLetters.read(letter.id);
      expect(read.ok && read.value.replayedAt).toBeInstanceOf(Date);
      await pause(100);
      expect(got).toHaveLength(1);
    });

    it('pages through dead letters, newest first', async () => {
      await subject.consume({
        a: async () => Promise.reject(new PermanentFailure('no')),
        b: async () => Promise.reject(new PermanentFailure('no')),
      });
      await subject.publish('a', ...Array.from({ length: 25 }, (_, index) => index));
      await subject.publish('b', 1);
      const all = async () => {
        const seen: number[] = [];
        for (let cursor: string | undefined, pages = 0; pages < 10; pages += 1) {
          const page = await subject.deadLetters.list({ type: 'a', limit: 7, ...(cursor && { cursor }) });
          if (!page.ok) throw new Error(page.failure.detail);
          seen.push(...page.value.items.map((letter) => letter.event.data as number));
          if (page.value.nextCursor === null) return seen;
          cursor = page.value.nextCursor;
        }
        return seen;
      };
      await until(async () => (await all()).length === 25);
      expect(new Set(await all()).size).toBe(25);
      const broken = await subject.deadLetters.list({ cursor: 'nonsense' });
      expect(broken).toMatchObject({ ok: false, failure: { code: 'BUS.INVALID_CURSOR' } });
      const unknown = await subject.deadLetters.replay('nonsense');
      expect(unknown).toMatchObject({ ok: false, failure: { code: 'BUS.DEAD_LETTER_NOT_FOUND' } });
    });

    const firstDeadLetter = async () => {
      await until(async () => {
        const page = await subject.deadLetters.list();
        return page.ok && page.value.items.length > 0;
      });
      const page = await subject.deadLetters.list();
      const letter = page.ok ? page.value.items[0] : undefined;
      if (!letter) throw new Error('no dead letter');
      return letter;
    };
  });
}
