import type { MailRow } from './mail-treatment.js';
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A row that was accepted, durable in the folder. */
export interface StoredRow extends MailRow {
  /** Follows from the idempotency key: the same for every attempt at one delivery. */
  id: string;
  attemptId: string;
  address: string;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
}

/** Name of a row's file. */
export function rowId(idempotencyKey: string): string {
  return createHash('sha256').update(idempotencyKey).digest('hex');
}

/**
 * The rows of a folder: `rows/waiting` until their file is written, then `rows/done`. A row is one file that is linked
 * into place complete, so that a second attempt finds it and writes no second.
 */
export class RowStore {
  readonly #waiting: string;
  readonly #done: string;
  readonly #drafts: string;

  constructor(folder: string) {
    this.#waiting = join(folder, 'rows', 'waiting');
    this.#done = join(folder, 'rows', 'done');
    this.#drafts = join(folder, 'rows', 'drafts');
  }

  /** Keeps a row, once. Durable when it resolves. */
  async keep(row: StoredRow): Promise<void> {
    for (const folder of [this.#waiting, this.#done, this.#drafts]) await mkdir(folder, { recursive: true });
    if (await this.has(row.id)) return;
    const draft = join(this.#drafts, randomUUID());
    await writeDurably(draft, JSON.stringify(row));
    try {
      await link(draft, this.#pathOf(row.id));
      await syncFolder(this.#waiting);
    } catch (error) {
      if (!isThere(error)) throw error;
    } finally {
      await rm(draft, { force: true });
    }
    // Another attempt's row may have become part of a file between the question and the link.
    if (await exists(join(this.#done, `${row.id}.json`))) await rm(this.#pathOf(row.id), { force: true });
  }

  async has(id: string): Promise<boolean> {
    return (await exists(this.#pathOf(id))) || exists(join(this.#done, `${id}.json`));
  }

  async waiting(): Promise<StoredRow[]> {
    const names = await readdir(this.#waiting).catch(() => []);
    return Promise.all(names.map((name) => read(join(this.#waiting, name))));
  }

  /** Rows by id, wherever they stand; what a person had erased is missing. */
  async find(ids: readonly string[]): Promise<StoredRow[]> {
    const found = await Promise.all(
      ids.map((id) =>
        read(this.#pathOf(id)).catch(() => read(join(this.#done, `${id}.json`)).catch(() => undefined)),
      ),
    );
    return found.filter((row) => row !== undefined && 'address' in row) as StoredRow[];
  }

  async finish(ids: readonly string[]): Promise<void> {
    for (const id of ids) await rename(this.#pathOf(id), join(this.#done, `${id}.json`)).catch(ignoreAbsence);
  }

  /** Takes people out: what waits is not written any more; of what was written only the id stays. */
  async forget(addresses: ReadonlySet<string>): Promise<void> {
    for (const folder of [this.#waiting, this.#done])
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name);
        const row = await read(path).catch(() => undefined);
        if (!row || !addresses.has(row.address)) continue;
        const draft = join(this.#drafts, randomUUID());
        await writeDurably(draft, '{}');
        await rename(draft, join(this.#done, name));
        if (folder === this.#waiting) await rm(path, { force: true });
      }
  }

  #pathOf(id: string): string {
    return join(this.#waiting, `${id}.json`);
  }
}

/** Writes a file that is on the disk when it resolves. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts a name on the disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function read(path: string): Promise<StoredRow> {
  return JSON.parse(await readFile(path, 'utf8')) as StoredRow;
}

function isThere(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}

function ignoreAbsence(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
