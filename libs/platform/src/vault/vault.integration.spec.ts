import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import type { Database, Transaction } from '../database/index.js';
import { KeyRing, KeyRotation, Vault, vaultEntities, vaultMigrations } from './index.js';

let db: TestDatabase;
let folder: string;
const file = () => join(folder, 'keys.json');
beforeAll(
  async () => (db = await createTestDatabase({ entities: vaultEntities, migrations: vaultMigrations })),
);
afterAll(() => db.drop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vault-'));
  await db.database.query('TRUNCATE vault_secret, vault_key');
});
afterEach(() => rm(folder, { recursive: true }));

function processWith(keys: Buffer[] = [], path = file(), database = db.database) {
  const ring = new KeyRing(keys, path);
  return { vault: new Vault(database, ring), rotation: new KeyRotation(database, ring) };
}
const put = (vault: Vault, owner: string, secrets: Record<string, string>) =>
  db.database.transaction((tx) => vault.put(tx, owner, secrets));
const many = (count: number) => Array.from({ length: count }, (_, index) => `owner-${index}`);

it('has tables as its entities say', async () => {
  const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});

it('keeps secrets unreadable in the table, and the key for its owner alone', async () => {
  const { vault } = processWith();
  await put(vault, 'connector/pager', { token: 'hunter2-hunter2', other: 'ä€' });
  expect(await vault.open('connector/pager')).toEqual({ token: 'hunter2-hunter2', other: 'ä€' });
  const [row] = await db.database.query<{ all: string }>(
    `SELECT string_agg(encode(sealed, 'escape') || encode(wrapped, 'escape'), '') AS all FROM vault_secret`,
  );
  expect(row?.all).not.toContain('hunter2');
  expect((await stat(file())).mode & 0o777).toBe(0o600);
});

it('shares one key among processes that start together', async () => {
  const [one, other] = [processWith(), processWith()];
  await Promise.all([put(one.vault, 'a', { x: '1' }), put(other.vault, 'b', { x: '2' })]);
  expect(await one.vault.open('b')).toEqual({ x: '2' });
  expect(await other.vault.open('a')).toEqual({ x: '1' });
  expect((await one.rotation.state()).secrets).toHaveLength(1);
});

it.each([
  ['the secret', `sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1)`],
  ['the wrapped key', `wrapped = set_byte(wrapped, 0, get_byte(wrapped, 0) # 1)`],
  ['its length', `sealed = '\\x00'`],
  ['its name', `name = 'other'`],
  ['its owner', `owner = 'a'`],
])('opens nothing after a change of %s, and says so', async (_, change) => {
  const { vault } = processWith();
  await put(vault, 'o', { token: 'hunter2' });
  await db.database.query(`UPDATE vault_secret SET ${change}`);
  const [{ owner } = { owner: '' }] = await db.database.query<{ owner: string }>(
    'SELECT owner FROM vault_secret',
  );
  await expect(vault.open(owner)).rejects.toThrow(/^the secret \w+ of \w was changed where it is stored/);
});

it('names the key a process lacks', async () => {
  await put(processWith().vault, 'o', { token: 'x' });
  const elsewhere = processWith([], join(folder, 'elsewhere.json'));
  await expect(elsewhere.vault.open('o')).rejects.toThrow(/lacks the master key k/);
  await expect(put(elsewhere.vault, 'o', { token: 'y' })).rejects.toThrow(/lacks the master key k/);
});

it('rotates while others read and write, and forgets the old key when nothing needs it', async () => {
  const [one, other] = [processWith(), processWith()];
  for (const owner of many(250)) await put(one.vault, owner, { token: owner });
  const before = await readFile(file(), 'utf8');
  let rotating = true;
  const busy = (async () => {
    for (let round = 0; rotating || round < 20; round += 1) {
      await put(other.vault, `late-${round}`, { token: 'late' });
      expect(await other.vault.open('owner-249')).toEqual({ token: 'owner-249' });
    }
  })();
  const rotated = await one.rotation.rotate();
  rotating = false;
  await busy;
  expect(rotated).toMatchObject({ changed: true, unreadable: 0 });
  const { keyId, secrets } = await other.rotation.state();
  expect(secrets.map((key) => key.keyId)).toEqual([keyId]);
  const after = JSON.parse(await readFile(file(), 'utf8')) as { keys: { key: string }[] };
  expect(after.keys).toHaveLength(1);
  expect(before).not.toContain(after.keys[0]?.key);
  // A process that starts now reads everything.
  for (const owner of ['owner-0', 'owner-249', 'late-0'])
    expect(await processWith().vault.open(owner)).toHaveProperty('token');
});

it('goes on with a rotation that was cut short; meanwhile everything can be read', async () => {
  const { vault } = processWith();
  for (const owner of many(250)) await put(vault, owner, { token: owner });
  let transactions = 0;
  const dying = Object.create(db.database) as Database;
  dying.transaction = <T>(work: (tx: Transaction) => Promise<T>) =>
    (transactions += 1) > 2 ? Promise.reject(new Error('killed')) : db.database.transaction(work);
  await expect(processWith([], file(), dying).rotation.rotate()).rejects.toThrow('killed');

  const next = processWith();
  expect((await next.rotation.state()).secrets.map(({ count }) => count).sort()).toEqual([100, 150]);
  for (const owner of many(250)) expect(await next.vault.open(owner)).toEqual({ token: owner });
  expect(await next.rotation.finish()).toMatchObject({ rewrapped: 150, unreadable: 0 });
  expect((await next.rotation.state()).secrets).toHaveLength(1);
  expect(await processWith().vault.open('owner-7')).toEqual({ token: 'owner-7' });
});

it('keeps an old key while a secret under it cannot be read', async () => {
  const { vault, rotation } = processWith();
  await put(vault, 'broken', { token: 'x' });
  await put(vault, 'whole', { token: 'y' });
  await db.database.query(`UPDATE vault_secret SET wrapped = '\\x00' WHERE owner = 'broken'`);
  expect(await rotation.rotate()).toMatchObject({ rewrapped: 1, unreadable: 1 });
  expect((JSON.parse(await readFile(file(), 'utf8')) as { keys: unknown[] }).keys).toHaveLength(2);
});

it('goes from keys of the file to one of the environment, and on to the next', async () => {
  await put(processWith().vault, 'o', { token: 'x' });
  const [first, second] = [randomBytes(32), randomBytes(32)];
  const one = processWith([first]);
  expect(await one.vault.open('o')).toEqual({ token: 'x' });
  expect(await one.rotation.rotate()).toMatchObject({ changed: true, rewrapped: 1, source: 'environment' });
  expect(await one.rotation.rotate()).toMatchObject({ changed: false, rewrapped: 0 });
  await expect(processWith().vault.open('o')).rejects.toThrow(/lacks the master key/);
  const two = processWith([second, first]);
  expect(await two.rotation.rotate()).toMatchObject({ changed: true, rewrapped: 1 });
  expect(await processWith([second]).vault.open('o')).toEqual({ token: 'x' });
});
