import { type KeyState, KeyRing, Vault } from '@repartee/platform';
import { join } from 'node:path';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { type Receiver, startReceiver } from './testing/receiver.js';
import { createPlace, type Place } from './testing/start-core.js';
import { until } from './testing/visibly.js';

const KILLS = 2;
const TASKS = 60;
const SECRETS = 3000;

jest.setTimeout(240_000);

describe('a core that is killed', () => {
  let place: Place;
  let environment: Record<string, string>;
  let core: CoreProcess;
  let receiver: Receiver;

  beforeAll(async () => {
    [place, receiver] = await Promise.all([createPlace(), startReceiver()]);
    const PORT = String(await freePort());
    environment = { PORT, DATA_DIR: place.dataDir, DATABASE_URL: place.database.url };
    core = await startCoreProcess(environment);
  });
  afterAll(async () => {
    await core.stop();
    await receiver.close();
    await place.remove();
  });

  it('loses no message of a webhook, and gives each the same id at every try', async () => {
    receiver.answer('/hook', (_arrived, response) => setTimeout(() => response.writeHead(204).end(), 50));
    const hook = { url: `${receiver.url}/hook`, types: ['task.created'] };
    await core.call('/v1/webhooks', { key: 'admin', body: hook });
    const made: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      for (let n = 0; n < TASKS; n += 1) {
        const { status, body } = await core.call<{ id: string }>('/v1/tasks', {
          key: 'admin',
          body: { kind: 'other', subject: `Task ${n}` },
        });
        expect(status).toBe(201);
        made.push(body.id);
      }
      await core.kill();
      core = await startCoreProcess(environment);
    }
    const ids = new Map<unknown, Set<string>>();
    await until(
      'all of it',
      async () => {
        for (const { body } of receiver.at('/hook'))
          ids.set(body.data['taskId'], (ids.get(body.data['taskId']) ?? new Set()).add(body.id));
        return made.every((id) => ids.has(id));
      },
      90_000,
    );
    expect([...ids.values()].filter(({ size }) => size !== 1)).toEqual([]);
  });

  it('while it rotates the master key goes on with that at the next start; everything can be read meanwhile', async () => {
    const { database } = place.database;
    const vault = () => new Vault(database, new KeyRing([], join(place.dataDir, 'secrets-keys.json')));
    for (let n = 0; n < SECRETS; n += 500) {
      const names = Array.from({ length: 500 }, (_, index) => `s${n + index}`);
      const secrets = Object.fromEntries(names.map((name) => [name, `secret of ${name}`]));
      await database.transaction((tx) => vault().put(tx, `owner-${n}`, secrets));
    }
    const state = async () => (await core.call<KeyState>('GET /v1/secrets', { key: 'admin' })).body;
    const before = await state();
    core.call('/v1/secrets/rotate', { key: 'admin' }).catch(() => undefined);
    await until('a part to be wrapped anew', async () => {
      const [row] = await database.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM vault_secret WHERE key_id <> $1',
        [before.keyId],
      );
      return (row?.n ?? 0) > 0;
    });
    await core.kill();
    for (let n = 0; n < SECRETS; n += 500)
      expect(await vault().open(`owner-${n}`)).toMatchObject({ [`s${n + 7}`]: `secret of s${n + 7}` });

    core = await startCoreProcess(environment);
    const after = await state();
    expect(after.keyId).not.toBe(before.keyId);
    expect(after.secrets).toEqual([{ keyId: after.keyId, count: SECRETS + 1 }]);
    expect(await vault().open('owner-500')).toMatchObject({ s999: 'secret of s999' });
  });
});
