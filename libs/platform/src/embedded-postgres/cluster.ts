import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { chown, lstat, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOwnFolder, type DatabaseUser, type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError, folderError, programError } from './embedded-postgres.error.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { isAlive } from './postmaster-file.js';

/** The one role and the one database. */
export const ROLE = 'repartee';
export const DATABASE = 'repartee';

const VERSION = '18';

/** A folder handed to a program: how the program calls it, and what it has to inherit for that. */
export interface HandedFolder {
  readonly name: string;
  readonly inherited: number | undefined;
  close(): void;
}

/**
 * Root may keep the data where the database's user cannot go, as in a clone under /root. So we open the folder as root
 * and let the program inherit it as descriptor 3: `/proc/self/fd/3` leads straight in, past the closed parents.
 */
export function handOver(folder: string, user: DatabaseUser | undefined): HandedFolder {
  if (!user || process.platform !== 'linux')
    return { name: folder, inherited: undefined, close: () => undefined };
  const descriptor = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  return { name: '/proc/self/fd/3', inherited: descriptor, close: () => closeSync(descriptor) };
}

/** The major version that wrote the cluster, undefined when there is none. */
export async function clusterVersion(folder: DataFolder): Promise<string | undefined> {
  try {
    return (await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw folderError(folder.root, error);
  }
}

/** Refuses data of another major version, whose format this one cannot read. */
export function requireOurVersion(folder: DataFolder, version: string): void {
  if (version === VERSION) return;
  throw new EmbeddedPostgresError(
    'other-version',
    `The database in ${folder.cluster} was written by PostgreSQL ${version}, this is PostgreSQL ${VERSION}: dump it with the old one and load it here, or move the folder away to begin anew`,
  );
}

/** Makes the cluster beside its place and moves it there when it is whole: one that was cut short never counts. */
export async function createCluster(
  folder: DataFolder,
  binaries: PostgresBinaries,
  user: DatabaseUser | undefined,
  options: { password: string; durable: boolean },
): Promise<void> {
  await removeLeftovers(folder);
  const draft = `${folder.cluster}.new.${process.pid}`;
  try {
    makeOwnFolder(draft, user);
    const secret = join(draft, 'password');
    await writeFile(secret, options.password, { mode: 0o600 });
    if (user) await chown(secret, user.uid, user.gid);
    await runInitdb(folder, draft, binaries, user, options.durable ? [] : ['--no-sync']);
    await rename(join(draft, 'cluster'), folder.cluster);
  } catch (error) {
    throw folderError(folder.root, error);
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function runInitdb(
  folder: DataFolder,
  draft: string,
  binaries: PostgresBinaries,
  user: DatabaseUser | undefined,
  flags: readonly string[],
): Promise<void> {
  const handed = handOver(draft, user);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const settings = [
    [`--pgdata=${handed.name}/cluster`, `--pwfile=${handed.name}/password`, `--username=${ROLE}`],
    ['--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions', '--text-search-config=english'],
    ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`, '--lc-messages=C'],
    flags,
  ].flat();
  const child = spawn(binaries.initdb, settings, {
    ...user,
    cwd: '/',
    env: programEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', handed.inherited ?? 'ignore'],
  });
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw programError('initdb', folder.root, output);
  } finally {
    handed.close();
  }
}

/** A folder at the cluster's place that holds no cluster: what is left of one cut short or half removed. */
export async function setAside(folder: DataFolder, log: (line: string) => void): Promise<void> {
  if (!(await lstat(folder.cluster).catch(() => undefined))) return;
  const place = `${folder.cluster}.incomplete-${process.pid}`;
  try {
    await rename(folder.cluster, place);
  } catch (error) {
    throw folderError(folder.root, error);
  }
  log(`The database in ${folder.cluster} was incomplete; it was moved to ${place}`);
}

/** Drafts of starts that were killed. One whose process lives is another start at work. */
async function removeLeftovers(folder: DataFolder): Promise<void> {
  for (const name of await readdir(folder.root)) {
    const pid = /^postgres\.new\.(\d+)$/.exec(name)?.[1];
    if (pid && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      // A killed start may leave an initdb behind that still writes for a moment.
      await rm(join(folder.root, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  }
}

/** What the programs see of our environment: nothing of PG*, which would change what they do. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return { PATH, TMPDIR, LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C', TZ: 'UTC' };
}
