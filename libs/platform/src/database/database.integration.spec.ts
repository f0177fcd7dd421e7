import { fail, ok } from '@repartee/contracts';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { RetryTransactionError } from './database.js';

describe('Database.attempt', () => {
  let test: TestDatabase;
  const kept = async () =>
    (await test.database.query<{ word: string }>('SELECT word FROM said')).map(({ word }) => word);

  beforeAll(async () => {
    test = await createTestDatabase({ entities: [], migrations: [] });
    await test.database.query('CREATE TABLE said (word text NOT NULL)');
  });
  beforeEach(() => test.database.query('DELETE FROM said'));
  afterAll(() => test.drop());

  it('keeps what ended well, and tells of it once it is kept', async () => {
    const told: string[] = [];
    const result = await test.database.attempt(async (tx) => {
      await tx.query(`INSERT INTO said VALUES ('yes')`);
      tx.afterCommit(() => told.push('kept'));
      return ok(told.length);
    });
    expect([result, told, await kept()]).toEqual([ok(0), ['kept'], ['yes']]);
  });

  it('keeps nothing of what ended in a failure, which is the answer', async () => {
    const told: string[] = [];
    const result = await test.database.attempt(async (tx) => {
      await tx.query(`INSERT INTO said VALUES ('no')`);
      tx.afterCommit(() => told.push('kept'));
      return fail('too late');
    });
    expect([result, told, await kept()]).toEqual([fail('too late'), [], []]);
  });

  it('runs again what met a concurrent change, and passes on what was thrown', async () => {
    let tries = 0;
    const again = await test.database.attempt(async (tx) => {
      tries += 1;
      await tx.query(`INSERT INTO said VALUES ('again')`);
      if (tries < 3) throw new RetryTransactionError();
      return ok(tries);
    });
    expect([again, await kept()]).toEqual([ok(3), ['again']]);
    await expect(test.database.attempt(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
