import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { CONFIG, type Config, newId } from '@repartee/platform';
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Largest file taken, as it arrives. */
export const MAX_FILE = 20 * 1024 ** 3;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A file that has arrived and will survive a power cut. */
export interface SpooledFile {
  id: string;
  path: string;
  bytes: number;
  /** SHA-256 of its bytes, in hex. */
  digest: string;
}

/** Files on their way into the log, in `DATA_DIR/imports`. Processes with the same folder share them. */
@Injectable()
export class Spool implements OnModuleInit {
  /** Names the folder: imports are worked on where their file is. */
  id = '';
  private readonly folder: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'dataDir'>) {
    this.folder = join(config.dataDir, 'imports');
  }

  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const name = join(this.folder, 'spool-id');
    // Whoever comes first names the folder.
    await writeFile(name, newId(), { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    this.id = (await readFile(name, 'utf8')).trim();
  }

  path(id: string): string {
    return join(this.folder, id);
  }

  /** Writes a file as it arrives, and returns when it is on the disk. Of what breaks off, nothing is left. */
  async receive(pieces: AsyncIterable<Buffer>, limit = MAX_FILE): Promise<Result<SpooledFile>> {
    const id = newId();
    const part = `${this.path(id)}.part`;
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(part, 'wx');
    try {
      for await (const piece of pieces) {
        bytes += piece.length;
        if (bytes > limit) return fail(failure('IMPORT.FILE_TOO_LARGE', `A file may have ${limit} bytes.`));
        hash.update(piece);
        await file.writeFile(piece);
      }
      await file.sync();
      await rename(part, this.path(id));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EDQUOT')
        return fail(failure('IMPORT.NO_SPACE', 'The disk is full.', { retryAfter: 60 }));
      if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
        return fail(failure('HTTP.MALFORMED_BODY', 'The file broke off while it was sent.'));
      throw error;
    } finally {
      await file.close();
      await rm(part, { force: true });
    }
    await this.syncFolder();
    return ok({ id, path: this.path(id), bytes, digest: hash.digest('hex') });
  }

  async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
  }

  /** Files by their id, and uploads under way or broken off as `<id>.part`, with when each was last written to. */
  async files(): Promise<{ name: string; modifiedAt: number }[]> {
    const found: { name: string; modifiedAt: number }[] = [];
    for (const name of await readdir(this.folder)) {
      if (!UUID.test(name.replace(/\.part$/, ''))) continue;
      const known = await stat(this.path(name)).catch(() => undefined);
      if (known) found.push({ name, modifiedAt: known.mtimeMs });
    }
    return found;
  }

  /** A name in a folder survives a power cut once the folder was written. */
  private async syncFolder(): Promise<void> {
    const folder = await open(this.folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
