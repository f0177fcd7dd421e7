import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clusterVersion, createCluster, DATABASE, requireOurVersion, ROLE, setAside } from './cluster.js';
import { chooseDatabaseUser, keepPassword, openDataFolder, type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError, folderError } from './embedded-postgres.error.js';
import { findBinaries } from './postgres-binaries.js';
import { watchLog } from './postgres-log.js';
import { launchPostmaster, stopPostmaster, type Postmaster } from './postmaster.js';
import { mayServe, readPostmasterFile, systemIdentifier } from './postmaster-file.js';
import { openSession, type Session } from './session.js';

export interface EmbeddedPostgresOptions {
  /** Everything is kept in here: the cluster, its password, its log. */
  readonly dataDir: string;
  /** Absent or 0: a free one. One that is taken gives way to a free one. */
  readonly port?: number;
  /** Further server settings, over our own. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

/** A running server of our own. */
export interface EmbeddedPostgres {
  /** Of the database `repartee`, password included. */
  readonly url: string;
  readonly pid: number;
  /** True when it was left running by a process that is gone. */
  readonly adopted: boolean;
  /** Shuts the server down and returns when it is gone. */
  stop(): Promise<void>;
}

interface Joined {
  readonly server: Postmaster;
  readonly session: Session;
  readonly adopted: boolean;
}

const PATIENCE = 15_000;

/** Starts the PostgreSQL that lives in `dataDir`, or adopts the one that a killed process left running there. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await openDataFolder(options.dataDir);
  const log = options.log ?? (() => undefined);
  const deadline = performance.now() + PATIENCE;
  let joined: Joined | undefined;
  for (let waiting = false; !joined; waiting = true) {
    if (waiting) await sleep(200);
    const password = await keepPassword(folder);
    const found = (await adopt(folder, password, deadline)) ?? (await launch(folder, password, options, log));
    if (found === 'again') continue;
    joined = await claim(found, folder, deadline, waiting ? () => undefined : log);
  }
  return running(joined, folder, await keepPassword(folder));
}

/** A server already running here. `again` while it comes up or goes down, undefined when there is none. */
async function adopt(
  folder: DataFolder,
  password: string,
  deadline: number,
): Promise<Joined | 'again' | undefined> {
  const file = readFile(folder);
  if (!file) return undefined;
  if (!mayServe(file.pid, folder.cluster)) {
    // The process id may belong to another program by now, before which PostgreSQL would give way for ever.
    await unlink(join(folder.cluster, 'postmaster.pid')).catch(() => undefined);
    return undefined;
  }
  const overdue = performance.now() > deadline;
  try {
    if (!file.port || !file.ready) throw new Error('it is not ready');
    const server = { pid: file.pid, port: file.port };
    const session = await openSession(server, password);
    if (session.systemIdentifier === systemIdentifier(folder.cluster))
      return { server, session, adopted: true };
    await session.close();
    throw new Error('another server answers at its port');
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw wrongPassword(folder, error);
    if (!overdue) return 'again';
    await stopPostmaster(file.pid, folder.cluster);
    return 'again';
  }
}

async function launch(
  folder: DataFolder,
  password: string,
  options: EmbeddedPostgresOptions,
  log: (line: string) => void,
): Promise<Joined> {
  const user = await chooseDatabaseUser(folder);
  const version = await clusterVersion(folder);
  if (version !== undefined) requireOurVersion(folder, version);
  const binaries = await findBinaries(folder, user);
  if (version === undefined) {
    await setAside(folder, log);
    log(`Creating the database in ${folder.root}`);
    await createCluster(folder, binaries, user, { password, durable: options.settings?.['fsync'] !== 'off' });
  }
  const server = await launchPostmaster(folder, binaries, user, { ...options, log });
  try {
    return { server, session: await openSession(server, password), adopted: false };
  } catch (error) {
    await stopPostmaster(server.pid, folder.cluster);
    throw (error as { code?: string }).code === '28P01'
      ? wrongPassword(folder, error)
      : folderError(folder.root, error);
  }
}

/** Marks the server as used by this process. An earlier process may be on its way out: wait for it a while. */
async function claim(
  found: Joined,
  folder: DataFolder,
  deadline: number,
  log: (line: string) => void,
): Promise<Joined | undefined> {
  try {
    if (await found.session.claim()) {
      await found.session.createDatabase();
      return found;
    }
  } catch (error) {
    if (performance.now() > deadline || !found.adopted) {
      await found.session.close();
      if (!found.adopted) await stopPostmaster(found.server.pid, folder.cluster);
      throw folderError(folder.root, error);
    }
  }
  await found.session.close();
  if (performance.now() > deadline) throw inUse(folder);
  log(`Waiting for the process that still uses ${folder.root}`);
  return undefined;
}

function running(
  { server, session, adopted }: Joined,
  folder: DataFolder,
  password: string,
): EmbeddedPostgres {
  const unwatch = watchLog(folder.log);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    unwatch();
    await session.close();
    await stopPostmaster(server.pid, folder.cluster);
  };
  return {
    url: `postgres://${ROLE}:${password}@127.0.0.1:${server.port}/${DATABASE}`,
    pid: server.pid,
    adopted,
    stop: () => (stopped ??= stop()),
  };
}

function readFile(folder: DataFolder): ReturnType<typeof readPostmasterFile> {
  try {
    return readPostmasterFile(folder.cluster);
  } catch (error) {
    throw folderError(folder.root, error);
  }
}

function wrongPassword(folder: DataFolder, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'wrong-password',
    `The database in ${folder.cluster} does not know the password in ${folder.password}: put the right file back, or move both away to begin anew`,
    { cause },
  );
}

function inUse(folder: DataFolder): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'in-use',
    `The data folder ${folder.root} is used by another running process: stop that first or set another DATA_DIR`,
  );
}
