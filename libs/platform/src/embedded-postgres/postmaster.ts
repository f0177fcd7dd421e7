import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { handOver, programEnvironment } from './cluster.js';
import type { DatabaseUser, DataFolder } from './data-folder.js';
import { folderError, programError } from './embedded-postgres.error.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { logSize, openLog, readLogFrom } from './postgres-log.js';
import { isAlive, readPostmasterFile } from './postmaster-file.js';

/** A server that accepts connections. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** For two cores and little memory, without giving up durability. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  // Taken as data fill it: a small database stays small. With a million people the inner pages of the indexes fit.
  shared_buffers: '256MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  // Nothing replicates from here, which makes bulk loads cheaper.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // The build has no method but pglz, which takes 2 to 4 ms for the dozen pages that a record's keys touch first
  // after a checkpoint; written as they are they take a tenth of it. The log grows by half to twice as much then,
  // and by nothing once the pages are warm.
  wal_compression: 'off',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // People's data stay out of the log: no statements, no row values.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const PORT_TAKEN = /could not bind IPv4 address .*: Address already in use/;
const STILL_HELD = /pre-existing shared memory block|lock file "postmaster.pid" already exists/;
const START_LIMIT = 10 * 60_000;
const ATTEMPTS = 40;

/** Starts the server and returns when it accepts connections. A port that is taken gives way to a free one. */
export async function launchPostmaster(
  folder: DataFolder,
  binaries: PostgresBinaries,
  user: DatabaseUser | undefined,
  options: { port?: number; settings?: Readonly<Record<string, string>>; log: (line: string) => void },
): Promise<Postmaster> {
  let wanted = options.port ?? 0;
  for (let attempt = 1; ; attempt++) {
    const port = wanted || (await freePort());
    const outcome = await tryLaunch(folder, binaries, user, { ...options, port });
    if (typeof outcome !== 'string') return outcome;
    if (attempt === ATTEMPTS) throw programError('PostgreSQL', folder.root, outcome);
    if (PORT_TAKEN.test(outcome)) {
      if (wanted) options.log(`Port ${wanted} is taken; the embedded database uses another one`);
      wanted = 0;
    } else if (STILL_HELD.test(outcome)) {
      await sleep(250); // The sessions of a killed server need a moment to notice.
    } else {
      throw programError('PostgreSQL', folder.root, outcome);
    }
  }
}

/** One try: the server, or what it said before it ended. */
async function tryLaunch(
  folder: DataFolder,
  binaries: PostgresBinaries,
  user: DatabaseUser | undefined,
  options: { port: number; settings?: Readonly<Record<string, string>>; log: (line: string) => void },
): Promise<Postmaster | string> {
  let child: ChildProcess;
  let position: number;
  const settings = { ...SETTINGS, ...options.settings, port: String(options.port) };
  try {
    const log = openLog(folder.log);
    position = logSize(folder.log);
    const handed = handOver(folder.cluster, user);
    child = spawn(
      binaries.postgres,
      ['-D', handed.name, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        ...user,
        cwd: '/',
        env: programEnvironment(),
        // Its own process group: the Ctrl-C of a terminal must not reach it before us.
        detached: true,
        stdio: ['ignore', log, log, handed.inherited ?? 'ignore'],
      },
    );
    handed.close();
    closeSync(log);
  } catch (error) {
    throw folderError(folder.root, error);
  }
  child.unref();
  return waitUntilReady(folder, child, { ...options, position });
}

async function waitUntilReady(
  folder: DataFolder,
  child: ChildProcess,
  options: { port: number; position: number; log: (line: string) => void },
): Promise<Postmaster | string> {
  let ended = false;
  let failure: Error | undefined;
  child.once('exit', () => (ended = true));
  child.once('error', (error) => (failure = error));
  const began = performance.now();
  let told = false;
  while (performance.now() - began < START_LIMIT) {
    if (failure) throw folderError(folder.root, failure);
    if (ended) return readLogFrom(folder.log, options.position);
    const file = readPostmasterFile(folder.cluster);
    if (file?.pid === child.pid && file?.ready) return { pid: file!.pid, port: options.port };
    if (!told && performance.now() - began > 5_000) {
      told = true;
      options.log('The embedded database recovers from a crash; this may take a while');
    }
    await sleep(10);
  }
  child.kill('SIGQUIT');
  throw programError('PostgreSQL', folder.root, 'FATAL: it did not become ready within 10 minutes');
}

/** Ends the server: fast shutdown, then immediate, then by force. Returns when it is gone. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    const began = performance.now();
    let limit = patience;
    while (performance.now() - began < limit) {
      if (!isAlive(pid)) return;
      // The file goes last in an orderly shutdown; where nobody collects orphans, the process itself may seem to stay.
      const over = signal === 'SIGINT' && readPostmasterFile(cluster)?.pid !== pid;
      if (over && limit === patience) limit = performance.now() - began + 1_000;
      await sleep(10);
    }
    if (limit !== patience) return;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
