import { fail, ok, type Result } from '@repartee/contracts';
import { type PathStep, parsePath, splitAtEach, valueAt } from './json-path.js';

/** Reads one value of a record, or of the item of its list that is at hand. */
export type Reader = (record: unknown, part: unknown) => unknown;

/** How the sources that a mapping names are read from the records of one file. */
export interface Readers {
  of(source: string): Reader;
  /** The list whose items become one event each, where a path has `[]`. */
  list?: (record: unknown) => unknown;
  listName?: string;
}

/** Column names of a header as they are called: empty ones by their position, later ones of a name with `#2`, `#3`. */
export function columnNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((cell, index) => {
    const name = cell.trim() === '' ? `column_${index + 1}` : cell.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}#${times}`;
  });
}

/** Readers of a file with columns. Every source must be one of them, and no name may stand for two. */
export function columnReaders(
  columns: readonly string[],
  sources: readonly string[],
): Result<Readers, string> {
  const positions = new Map(columns.map((name, index) => [name, index]));
  for (const [name, index] of [...positions])
    if (positions.has(`${name}#2`)) positions.set(`${name}#1`, index);
  const missing = sources.filter((source) => !positions.has(source));
  if (missing.length > 0) {
    const there = columns.slice(0, 30).join(', ');
    return fail(`the mapping names ${listed(missing)}, and the file has no such column; it has ${there}`);
  }
  const ambiguous = sources.find((source) => positions.has(`${source}#2`));
  if (ambiguous !== undefined) {
    return fail(
      `the header holds “${ambiguous}” more than once: name the first ${ambiguous}#1, the next ${ambiguous}#2`,
    );
  }
  return ok({
    of(source) {
      const position = positions.get(source) as number;
      return (record) => (record as readonly string[])[position];
    },
  });
}

/** Readers of JSON documents by declared paths. All `[]` must be of one list. */
export function documentReaders(sources: readonly string[]): Result<Readers, string> {
  const paths = new Map<string, PathStep[]>();
  let list: PathStep[] | undefined;
  let listName: string | undefined;
  for (const source of new Set(sources)) {
    const path = parsePath(source);
    if (!path.ok) return path;
    const each = splitAtEach(path.value);
    if (each.list) {
      if (list && JSON.stringify(list) !== JSON.stringify(each.list))
        return fail(`“${source}” and “${listName}” go through different lists: a row fans out over one`);
      list = each.list;
      listName = source.slice(0, source.indexOf('[]'));
    }
    paths.set(source, path.value);
  }
  const through = list;
  return ok({
    of(source) {
      const { list: inList, rest } = splitAtEach(paths.get(source) ?? []);
      return inList ? (_record, part) => valueAt(part, rest) : (record) => valueAt(record, rest);
    },
    ...(through && { list: (record: unknown) => valueAt(record, through), listName }),
  });
}

function listed(names: readonly string[]): string {
  return [...new Set(names)]
    .slice(0, 10)
    .map((name) => `“${name}”`)
    .join(', ');
}
