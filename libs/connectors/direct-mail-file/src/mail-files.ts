import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanList, keyOf, type Dropped, type JudgedRow } from './clean-list.js';
import { csvLine } from './csv.js';
import { exists, RowStore, syncFolder, writeDurably, type StoredRow } from './row-store.js';

/** What stands beside every file. */
export interface Manifest {
  file: string;
  list: string;
  /** ISO 8601; when the batch was closed. */
  closedAt: string;
  sha256: string;
  bytes: number;
  columns: string[];
  counts: { accepted: number; suppressed: number; household: number; seeds: number; written: number };
}

/** A batch that is closed: which rows belong to it, whatever happens afterwards. */
interface Batch {
  name: string;
  list: string;
  closedAt: number;
  ids: string[];
}

/** What became of one row. */
export interface RowResult {
  id: string;
  attemptId: string;
  dropped?: Dropped;
}

export interface ListRules {
  /** Rows to be added to every file, by column; what a column has no value for stays empty. */
  seeds: readonly Readonly<Record<string, string>>[];
  /** Addresses nobody may write to. */
  suppressed: readonly string[];
}

/** Closes batches of rows and writes them as files: membership first, then the CSV, then its manifest, each by rename. */
export class MailFiles {
  readonly rows: RowStore;
  readonly #batches: string;

  constructor(private readonly folder: string) {
    this.rows = new RowStore(folder);
    this.#batches = join(folder, 'batches');
  }

  /** Closes every list whose oldest row is older than `age`, and finishes what an earlier run left unfinished. */
  async close(now: number, age: number, rules: ListRules): Promise<void> {
    await mkdir(this.#batches, { recursive: true });
    for (const batch of await this.#all())
      if (!(await exists(this.#manifestOf(batch)))) await this.#write(batch, rules);
    const lists = byList(await this.rows.waiting());
    let count = 0;
    for (const rows of lists) {
      const [first] = rows;
      if (!first || !rows.some(({ acceptedAt }) => now - acceptedAt >= age)) continue;
      const batch = await this.#begin(rows, first.list, now, count++);
      await this.#write(batch, rules);
    }
  }

  /** Names of the batches that are written, oldest first, after a name. */
  async since(name = ''): Promise<string[]> {
    const all = await this.#all();
    const written = await Promise.all(all.map((batch) => exists(this.#manifestOf(batch))));
    return all.filter((batch, index) => written[index] && batch.name > name).map((batch) => batch.name);
  }

  /** What became of the rows of a batch that was written. */
  async results(name: string): Promise<RowResult[]> {
    return JSON.parse(await readFile(join(this.#batches, `${name}.results.json`), 'utf8')) as RowResult[];
  }

  async #begin(rows: StoredRow[], list: string, now: number, count: number): Promise<Batch> {
    const stamp = new Date(now).toISOString().replace(/[-:.]/g, '');
    const name = `${stamp}-${String(count).padStart(3, '0')}-${list}`;
    const batch: Batch = { name, list, closedAt: now, ids: rows.map(({ id }) => id) };
    await this.#put(join(this.#batches, `${name}.batch.json`), JSON.stringify(batch));
    return batch;
  }

  async #write(batch: Batch, { seeds, suppressed }: ListRules): Promise<void> {
    const judged = cleanList(await this.rows.find(batch.ids), new Set(suppressed.map(keyOf)));
    const columns = judged[0]?.row.header ?? [];
    const kept = judged.filter(({ dropped }) => dropped === undefined).map(({ row }) => row.cells);
    const planted = seeds.map((seed) => columns.map((column) => seed[column] ?? ''));
    const csv = [columns, ...kept, ...planted].map(csvLine).join('');
    const file = `${batch.list}-${batch.name.slice(0, 23)}.csv`;
    const manifest: Manifest = {
      file,
      list: batch.list,
      closedAt: new Date(batch.closedAt).toISOString(),
      sha256: createHash('sha256').update(csv).digest('hex'),
      bytes: Buffer.byteLength(csv),
      columns,
      counts: {
        accepted: batch.ids.length,
        suppressed: countOf(judged, 'suppressed'),
        household: countOf(judged, 'household'),
        seeds: planted.length,
        written: kept.length + planted.length,
      },
    };
    const results = judged.map(({ row: { id, attemptId }, dropped }): RowResult => ({
      id,
      attemptId,
      ...(dropped && { dropped }),
    }));
    await this.#put(join(this.#batches, `${batch.name}.results.json`), JSON.stringify(results));
    await this.#put(join(this.folder, file), csv);
    await this.rows.finish(batch.ids);
    await this.#put(this.#manifestOf(batch), `${JSON.stringify(manifest, undefined, 2)}\n`);
  }

  async #all(): Promise<Batch[]> {
    const names = (await readdir(this.#batches).catch(() => [])).filter((name) =>
      name.endsWith('.batch.json'),
    );
    return Promise.all(
      names
        .sort()
        .map(async (name) => JSON.parse(await readFile(join(this.#batches, name), 'utf8')) as Batch),
    );
  }

  #manifestOf({ list, name }: Batch): string {
    return join(this.folder, `${list}-${name.slice(0, 23)}.manifest.json`);
  }

  /** A file is there whole or not at all. */
  async #put(path: string, text: string): Promise<void> {
    const draft = `${path}.part`;
    await writeDurably(draft, text);
    await rename(draft, path);
    await syncFolder(join(path, '..'));
  }
}

/** Rows of one list with the same columns belong together. */
function byList(rows: readonly StoredRow[]): StoredRow[][] {
  const lists = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.list, row.header]);
    lists.set(key, [...(lists.get(key) ?? []), row]);
  }
  return [...lists].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
}

function countOf(judged: readonly JudgedRow[], reason: Dropped): number {
  return judged.filter(({ dropped }) => dropped === reason).length;
}
