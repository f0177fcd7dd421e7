import type { Transaction } from '../../database/index.js';
import { until, type BusHandler, type BusSubject } from './bus-subject.js';

/** What a handler does in a transaction happens once, whatever happens around it. */
export function describeOnce(subject: BusSubject): void {
  describe('once', () => {
    beforeEach(() => subject.database.query('CREATE TABLE done (what text NOT NULL)').then(() => undefined));

    const done = async () =>
      (await subject.database.query<{ what: string }>('SELECT what FROM done ORDER BY what')).map(
        ({ what }) => what,
      );
    const note = (tx: Transaction, what: unknown) => tx.query('INSERT INTO done VALUES ($1)', [String(what)]);

    it('tells a second try that the first one had done its work', async () => {
      const answers: boolean[] = [];
      await subject.consume({
        a: async (event, context) => {
          await subject.database.transaction(async (tx) => {
            answers.push(await context.once(tx));
            if (answers.at(-1)) await note(tx, event.data);
          });
          if (context.attempt === 1) throw new Error('after the commit');
        },
      });
      await subject.publish('a', 'x');
      await until(() => answers.length === 2);
      expect(answers).toEqual([true, false]);
      expect(await done()).toEqual(['x']);
    });

    it('forgets with the transaction that rolls back', async () => {
      const answers: boolean[] = [];
      await subject.consume({
        a: (event, context) =>
          subject.database.transaction(async (tx) => {
            answers.push(await context.once(tx));
            await note(tx, event.data);
            if (context.attempt === 1) throw new Error('before the commit');
          }),
      });
      await subject.publish('a', 'x');
      await until(() => answers.length === 2);
      expect(answers).toEqual([true, true]);
      await until(async () => (await done()).join() === 'x');
    });

    it('lets one of two workers through that have the same message at the same time', async () => {
      const answers: boolean[] = [];
      const work: BusHandler = (event, context) =>
        subject.database.transaction(async (tx) => {
          const first = await context.once(tx);
          answers.push(first);
          if (first) await note(tx, event.data);
        });
      await subject.consume({
        a: async (event, context) => {
          await Promise.all([work(event, context), work(event, context)]);
        },
      });
      await subject.publish('a', 1, 2, 3);
      await until(() => answers.length === 6);
      expect(answers.filter(Boolean)).toHaveLength(3);
      expect(await done()).toEqual(['1', '2', '3']);
    });

    it('goes on after every connection was cut, and does nothing twice', async () => {
      const worker = () =>
        subject.consume({
          a: (event, context) =>
            subject.database.transaction(async (tx) => {
              if (await context.once(tx)) await note(tx, event.data);
            }),
        });
      await worker();
      await worker();
      const numbers = Array.from({ length: 600 }, (_, index) => index);
      for (let from = 0; from < 600; from += 100) {
        await subject.publish('a', ...numbers.slice(from, from + 100));
        if (from % 200 === 0) await subject.disturb();
      }
      await until(async () => (await done()).length >= 600, { withinMs: 40_000, everyMs: 50 });
      expect(new Set(await done()).size).toBe(600);
      expect(await done()).toHaveLength(600);
    });
  });
}
