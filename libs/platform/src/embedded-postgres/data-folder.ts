import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { chown, link, lstat, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError, folderError } from './embedded-postgres.error.js';

/** Where things lie inside the data folder. */
export interface DataFolder {
  readonly root: string;
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
  readonly binaries: string;
}

/** The operating system's user who runs the database, when it is not the one who runs this process. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY = 65534;

/** Creates the folder and proves that it can be written. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const root = resolve(path);
  try {
    makeFolders(root);
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(root, `.probe-${process.pid}-${randomBytes(4).toString('hex')}`);
    await writeFile(probe, '');
    await unlink(probe);
  } catch (error) {
    throw folderError(root, error);
  }
  return {
    root,
    cluster: join(root, 'postgres'),
    password: join(root, 'postgres.password'),
    log: join(root, 'postgres.log'),
    binaries: join(root, 'postgres-bin'),
  };
}

/** Not `recursive: true`, which never ends where nothing can be created, as below /proc. */
function makeFolders(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another start may have made it at the same moment.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/**
 * PostgreSQL refuses to run as root. Root starts it as the owner of an existing cluster, so that one start with sudo
 * does not take the data away from its user, and otherwise as `nobody`.
 */
export async function chooseDatabaseUser(folder: DataFolder): Promise<DatabaseUser | undefined> {
  const self = process.geteuid?.();
  if (self === undefined) return undefined;
  const owner = statSync(folder.cluster, { throwIfNoEntry: false });
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new EmbeddedPostgresError(
        'no-permission',
        `The data folder ${folder.root} cannot be used: ${folder.cluster} belongs to another user (uid ${owner.uid}); start as that user or set another DATA_DIR`,
      );
    }
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const user = { uid: NOBODY, gid: NOBODY };
  if (owner) await giveAway(folder.cluster, user);
  return user;
}

/** Gives a folder and all it holds to the database's user: a copy made by root belongs to root. */
async function giveAway(path: string, user: DatabaseUser): Promise<void> {
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), user.uid, user.gid);
  }
  await chown(path, user.uid, user.gid);
}

/** Makes an empty folder for the database's user, and nobody else. */
export function makeOwnFolder(path: string, user: DatabaseUser | undefined): void {
  mkdirSync(path, { mode: 0o700 });
  if (user) chownSync(path, user.uid, user.gid);
}

/** The password of the database's one role: made once and kept where only this user can read it. */
export async function keepPassword(folder: DataFolder): Promise<string> {
  const kept = readPassword(folder);
  if (kept) return kept;
  const written = await lstat(join(folder.cluster, 'PG_VERSION')).catch(() => undefined);
  if (written) {
    throw new EmbeddedPostgresError(
      'wrong-password',
      `The database in ${folder.cluster} has lost its password file ${folder.password}: put it back, or move the folder away to begin anew`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  const draft = `${folder.password}.${process.pid}`;
  try {
    await writeFile(draft, `${password}\n`, { mode: 0o600 });
    // A link, unlike a rename, leaves the file of another start that came first.
    await link(draft, folder.password).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return rename(draft, folder.password);
    });
  } catch (error) {
    throw folderError(folder.root, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
  return readPassword(folder) ?? password;
}

function readPassword(folder: DataFolder): string | undefined {
  try {
    return readFileSync(folder.password, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw folderError(folder.root, error);
  }
}
