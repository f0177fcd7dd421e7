import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, realpath, rename, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file that changed so recently may still be written; milliseconds. */
const SETTLED = 10_000;
const BUSY = 'importing';
const UUID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})__(.+)$/;

/** A file to import, and whether it stayed as it was while it was read. */
export interface OpenFile {
  pieces: AsyncIterable<Buffer>;
  /** Asked after reading: the file has not grown or changed. */
  unchanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** Something about a folder that somebody must put right. */
export class FeedProblem extends Error {}

/**
 * A watched folder. Files wait in it, move to `importing`, and end in `done` or `failed` with a report beside.
 * Links are not followed: nothing outside the import folder is ever read or written.
 */
export class FeedFolder {
  private constructor(private readonly path: string) {}

  /** @throws FeedProblem when it is not there, or leads out of `root` */
  static async open(root: string, folder: string): Promise<FeedFolder> {
    const [top, path] = await Promise.all(
      [root, join(root, folder)].map((name) =>
        realpath(name).catch(() => {
          throw new FeedProblem(`the folder ${folder} is not there`);
        }),
      ),
    );
    if (!path?.startsWith(`${top}${sep}`))
      throw new FeedProblem(`the folder ${folder} leads out of the import folder`);
    const feedFolder = new FeedFolder(path);
    await feedFolder.prepare();
    return feedFolder;
  }

  /** Names of files that match, in order, and how many of them may still be written. */
  async waiting(pattern: string, now: number): Promise<{ ready: string[]; unsettled: number }> {
    const matches = globOf(pattern);
    const ready: string[] = [];
    let unsettled = 0;
    for (const name of (await readdir(this.path)).sort()) {
      if (name.startsWith('.') || !matches.test(name)) continue;
      const found = await lstat(join(this.path, name)).catch(() => undefined);
      if (!found?.isFile()) continue;
      if (now - found.mtimeMs < SETTLED) unsettled += 1;
      else ready.push(name);
    }
    return { ready, unsettled };
  }

  /** Opens a file of this folder that is no link; undefined when it is not there any more. */
  async read(name: string): Promise<OpenFile | undefined> {
    const path = join(this.path, name);
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ELOOP') return undefined;
        throw new FeedProblem(`${name} cannot be read: ${error.code}`);
      },
    );
    if (!file) return undefined;
    const before = await file.stat();
    return {
      pieces: file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>,
      async unchanged() {
        const [after, named] = await Promise.all([file.stat(), lstat(path).catch(() => undefined)]);
        return after.size === before.size && after.mtimeMs === before.mtimeMs && named?.ino === before.ino;
      },
      close: () => file.close(),
    };
  }

  /** The file has become an import. */
  async begin(name: string, importId: string): Promise<void> {
    await this.move(name, join(BUSY, `${importId}__${name}`));
  }

  /** Files whose imports are under way, or were. */
  async busy(): Promise<{ importId: string; name: string }[]> {
    const names = await readdir(join(this.path, BUSY));
    return names.flatMap((entry) => {
      const [, importId, name] = UUID.exec(entry) ?? [];
      return importId !== undefined && name !== undefined ? [{ importId, name }] : [];
    });
  }

  /** The import is over. */
  async end(importId: string, name: string, ending: Ending): Promise<void> {
    await this.put(join(BUSY, `${importId}__${name}`), name, importId, ending);
  }

  /** The file becomes no import. */
  async turnAway(name: string, id: string, ending: Ending): Promise<void> {
    await this.put(name, name, id, ending);
  }

  private async prepare(): Promise<void> {
    for (const name of [BUSY, 'done', 'failed']) {
      const path = join(this.path, name);
      await mkdir(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw new FeedProblem(`the folder cannot be written: ${error.code}`);
      });
      if (!(await lstat(path)).isDirectory()) throw new FeedProblem(`${name} must be a folder`);
    }
  }

  /** The report comes first: a file that moved has one. */
  private async put(from: string, name: string, id: string, { to, report, rejected }: Ending): Promise<void> {
    const target = join(to, await this.freeName(to, name, id));
    await writeFile(join(this.path, `${target}.report.json`), `${JSON.stringify(report, null, 2)}\n`);
    if (rejected) await writeFile(join(this.path, `${target}.rejected.${rejected.format}`), rejected.rows);
    await this.move(from, target);
  }

  /** Yesterday's file of the same name stays what it was. */
  private async freeName(folder: string, name: string, id: string): Promise<string> {
    const taken = await lstat(join(this.path, folder, name)).catch(() => undefined);
    return taken ? `${id}__${name}` : name;
  }

  private async move(from: string, to: string): Promise<void> {
    await rename(join(this.path, from), join(this.path, to)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw new FeedProblem(`${from} cannot be moved: ${error.code}`);
    });
  }
}

/** Where a file ends, and what is written beside it. */
export interface Ending {
  to: 'done' | 'failed';
  report: object;
  rejected?: { format: 'csv' | 'ndjson'; rows: AsyncIterable<string> };
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`, 'u');
}
