import { constants, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { DatabaseUser, DataFolder } from './data-folder.js';
import { EmbeddedPostgresError, folderError } from './embedded-postgres.error.js';

/** The two programs we run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds binaries that the database's user can run: the installed package when possible, else a copy of it. PostgreSQL
 * resolves its own path component by component, so every folder above it has to be open to that user.
 */
export async function findBinaries(
  folder: DataFolder,
  user: DatabaseUser | undefined,
): Promise<PostgresBinaries> {
  const installed = installedPackage();
  const links = await missingLinks(installed);
  const whole = links.length === 0 || (await makeLinks(installed, links));
  if (whole && isOpenTo(join(installed, 'native'), user)) return programs(installed);

  let reason: unknown;
  for (const place of copyPlaces(folder, user, packageVersion(installed))) {
    try {
      return programs(await copyPackage(installed, place, user));
    } catch (error) {
      reason ??= error;
    }
  }
  throw folderError(folder.root, reason);
}

function installedPackage(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      'no-binaries',
      `No PostgreSQL is packaged for this computer (${name} is not installed): run npm ci, or set DATABASE_URL`,
      { cause: error },
    );
  }
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function programs(folder: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = join(folder, 'native', 'bin');
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}

/** npm packages hold no symbolic links; this one makes its own when it is installed, unless install scripts are off. */
async function missingLinks(folder: string): Promise<Link[]> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return (JSON.parse(list) as Link[]).filter(
    ({ target }) => !lstatSync(join(folder, target), { throwIfNoEntry: false }),
  );
}

async function makeLinks(folder: string, links: readonly Link[]): Promise<boolean> {
  try {
    for (const { source, target } of links) {
      await symlink(relative(dirname(target), source), join(folder, target)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
    }
    return true;
  } catch {
    return false; // A read-only node_modules: a copy will have them.
  }
}

/** May `user` enter the folder, and read and run what npm put there (its umask may have closed it)? */
function isOpenTo(folder: string, user: DatabaseUser | undefined): boolean {
  if (!user) return true;
  const path = realpathSync(folder);
  const parents = [path];
  while (dirname(parents[0]!) !== parents[0]) parents.unshift(dirname(parents[0]!));
  const inside = ['bin', 'lib', 'share'].map((name) => join(path, name));
  const program = join(path, 'bin', 'postgres');
  return (
    parents.every((parent) => allows(parent, user, constants.X_OK)) &&
    [...inside, program].every((entry) => allows(entry, user, constants.R_OK | constants.X_OK))
  );
}

function allows(path: string, user: DatabaseUser, wanted: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const granted = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  return (granted & wanted) === wanted;
}

function copyPlaces(folder: DataFolder, user: DatabaseUser | undefined, version: string): string[] {
  if (!user) return [folder.binaries];
  const shared = join('repartee', `postgres-${version}`);
  return [folder.binaries, join('/var/cache', shared), join(tmpdir(), shared)];
}

/** Copies the package, all or nothing, into a folder that we alone can change. */
async function copyPackage(
  installed: string,
  place: string,
  user: DatabaseUser | undefined,
): Promise<string> {
  const version = packageVersion(installed);
  const created = await mkdir(dirname(place), { recursive: true });
  if (created) await chmod(dirname(place), 0o755);
  if (!isOpenToAll(dirname(place), user))
    throw new Error(`${dirname(place)} is closed to the database's user`);
  const complete = await readFile(join(place, 'complete'), 'utf8').catch(() => '');
  if (complete === version && isOurs(place)) return place;

  const draft = `${place}.${process.pid}`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o755 });
    await cp(join(installed, 'native'), join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
    await openToAll(draft);
    if (!(await makeLinks(draft, await missingLinks(draft))))
      throw new Error(`${draft} takes no symbolic links`);
    await writeFile(join(draft, 'complete'), version);
    await rm(place, { recursive: true, force: true });
    await rename(draft, place);
  } catch (error) {
    // Another start may have put the same copy there first.
    if ((await readFile(join(place, 'complete'), 'utf8').catch(() => '')) !== version) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return place;
}

function isOpenToAll(folder: string, user: DatabaseUser | undefined): boolean {
  if (!user) return true;
  const path = realpathSync(folder);
  // Another user who owns or may write this folder could swap the programs that root starts.
  if (basename(path) === 'repartee' && !isOurs(path)) return false;
  for (let parent = path; ; parent = dirname(parent)) {
    if (!allows(parent, user, constants.X_OK)) return false;
    if (dirname(parent) === parent) return true;
  }
}

function isOurs(folder: string): boolean {
  const entry = lstatSync(folder);
  return entry.isDirectory() && entry.uid === process.geteuid?.() && (entry.mode & 0o022) === 0;
}

/** The copy is public software: everyone may read it, whatever umask it was installed and copied under. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    await chmod(path, entry.isDirectory() || basename(entry.parentPath) === 'bin' ? 0o755 : 0o644);
  }
}
