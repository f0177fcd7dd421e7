import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pause, until } from '../testing/bus-contract.js';
import { createTestDatabase, startNatsServer, type NatsServer, type TestDatabase } from '../testing/index.js';
import { busEntities, busMigrations } from './index.js';

/** As it is shipped: `npm test` builds it first. */
const PROCESS = join(__dirname, '../../dist/testing/bus-process.js');
const PROCESSES = 3;
const KILLS = 12;
const LAST = 6_000;

jest.setTimeout(600_000);

describe.each(['PostgreSQL', 'NATS'])('processes that are killed, over %s', (carrier) => {
  let test: TestDatabase;
  let server: NatsServer | undefined;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    test = await createTestDatabase({ entities: busEntities, migrations: busMigrations });
    await test.database.query('CREATE TABLE work (number int NOT NULL)');
    await test.database.query('CREATE TABLE done (number int NOT NULL)');
    await test.database.query('CREATE SEQUENCE work_number AS int');
    if (carrier === 'NATS') server = await startNatsServer();
  });
  afterAll(async () => {
    await Promise.all([...children].map(end));
    await server?.remove();
    await test.drop();
  });

  const start = async () => {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: test.url,
      LAST: String(LAST),
      ...(server && { NATS_SERVER: `127.0.0.1:${server.port}` }),
    };
    const child = fork(PROCESS, { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.add(child);
    await once(child, 'message');
  };
  const end = async (child: ChildProcess) => {
    children.delete(child);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const count = async (what: string) =>
    (await test.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`))[0]?.count ??
    0;

  /** All numbers are given out. Some were lost with a process that had not yet committed them. */
  const allGivenOut = async () =>
    (await test.database.query<{ last: number }>('SELECT last_value::int AS last FROM work_number'))[0]!
      .last >= LAST;

  it('lose nothing and do nothing twice', async () => {
    await Promise.all(Array.from({ length: PROCESSES }, start));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // Some work is done in between, however slow the machine is.
      const before = await count('done');
      await until(async () => (await count('done')) > before || (await allGivenOut()));
      await pause(Math.random() * 200);
      const [victim] = [...children].sort(() => Math.random() - 0.5);
      if (server && kill % 3 === 0) {
        await server.kill();
        if (kill % 2 === 0 && victim) await end(victim);
        await server.start();
      } else if (victim) await end(victim);
      if (children.size < PROCESSES) await start();
    }
    await until(allGivenOut, { withinMs: 150_000 });
    const all = '(SELECT number FROM work EXCEPT SELECT number FROM done) AS missing';
    await until(async () => (await count('bus_message')) === 0 && (await count(all)) === 0, {
      withinMs: 150_000,
      everyMs: 100,
    });
    // Those that live go on until all is made; what the dead held comes again, and must do nothing.
    let made = -1;
    await until(
      async () => {
        const before = made;
        made = await count('work');
        return made === before && (await count('bus_message')) === 0 && (await count(all)) === 0;
      },
      { withinMs: 150_000, everyMs: 2_000 },
    );
    expect(await count('(SELECT number FROM done EXCEPT SELECT number FROM work) AS invented')).toBe(0);
    expect(await count('done')).toBe(await count('(SELECT DISTINCT number FROM done) AS numbers'));
    expect(await count('done')).toBe(await count('work'));
    expect(await count('dead_letter')).toBe(0);
  });
});
