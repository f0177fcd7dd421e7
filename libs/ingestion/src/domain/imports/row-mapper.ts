import { fail, ok, type Result } from '@repartee/contracts';
import { type Converter, converterOf, textOf } from './convert.js';
import { columnReaders, documentReaders, type Reader, type Readers } from './sources.js';
import type { FieldMapping, Mapping } from './mapping.js';

/** One event that a row becomes, without its message id. */
export interface RowEvent {
  body: Record<string, unknown>;
  /** What makes it this event and no other; a digest of it becomes the message id. */
  key: string;
  /** What stands for the person where the row names neither user nor visitor; a digest of it becomes an anonymous id. */
  person?: string;
}

/** Why a row is refused. */
export interface RowRefusal {
  /** The column or path at fault, where it is one. */
  column?: string;
  reason: string;
}

export type MappedRow = { events: RowEvent[] } | { refused: RowRefusal };

/** Turns one record, the cells of a line or a JSON document, into events. Pure. */
export type RowMapper = (record: unknown, line: number) => MappedRow;

interface Field extends FieldMapping {
  read: Reader;
  convert: Converter;
  path: string[];
  name: string;
}

/** How many events one document may become. */
const MAX_PARTS = 1000;

/**
 * Prepares a mapping for a file.
 * @param columns the header of the file; undefined for JSON documents
 * @returns the mapper, or what of the mapping does not fit the file
 */
export function rowMapper(mapping: Mapping, columns?: readonly string[]): Result<RowMapper, string> {
  const sources = [...mapping.fields.flatMap((field) => field.from ?? []), ...keyColumns(mapping)];
  const readers = columns ? columnReaders(columns, sources) : documentReaders(sources);
  if (!readers.ok) return readers;
  const fields = prepare(mapping, readers.value);
  if (!fields.ok) return fields;
  const empty = new Set(mapping.empty);
  const key = keyReader(mapping, readers.value);
  return ok((record, line) => {
    const { parts, refused } = partsOf(readers.value, record);
    if (refused) return { refused };
    const events: RowEvent[] = [];
    for (const [position, part] of parts.entries()) {
      const built = build(mapping, fields.value, { record, part, empty });
      if (!built.ok) return { refused: built.failure };
      const body = built.value;
      const columns = key(record, part);
      const said = columns ?? [body, mapping.key === 'line' ? line : null];
      events.push({ body, key: JSON.stringify([mapping.type, said, position]), ...personOf(body, columns) });
    }
    return { events };
  });
}

/** What of a mapping can never work, whatever the file: a date format that is none, paths through two lists. */
export function flawOf(mapping: Mapping): string | undefined {
  const sources = [...mapping.fields.flatMap((field) => field.from ?? []), ...keyColumns(mapping)];
  const readers = mapping.format === 'ndjson' ? documentReaders(sources) : columnReaders(sources, []);
  if (!readers.ok) return readers.failure;
  const fields = prepare(mapping, { ...readers.value, of: () => () => undefined });
  return fields.ok ? undefined : fields.failure;
}

function keyColumns(mapping: Mapping): string[] {
  return Array.isArray(mapping.key) ? mapping.key : [];
}

function keyReader(
  mapping: Mapping,
  readers: Readers,
): (record: unknown, part: unknown) => unknown[] | undefined {
  const columns = keyColumns(mapping).map((column) => readers.of(column));
  return (record, part) =>
    columns.length === 0 ? undefined : columns.map((read) => read(record, part) ?? null);
}

function prepare(mapping: Mapping, readers: Readers): Result<Field[], string> {
  const fields: Field[] = [];
  for (const field of mapping.fields) {
    const convert = converterOf(field, mapping);
    if (!convert.ok) return fail(`${field.to}: ${convert.failure}`);
    const { from, value } = field;
    const read: Reader = from === undefined ? () => value : readers.of(from);
    const name = from ?? field.to;
    fields.push({ ...field, read, convert: convert.value, path: field.to.split('.'), name });
  }
  return ok(fields);
}

function partsOf(readers: Readers, record: unknown): { parts: unknown[]; refused?: RowRefusal } {
  if (!readers.list) return { parts: [undefined] };
  const items = readers.list(record);
  const column = readers.listName;
  if (items === undefined || items === null) return { parts: [] };
  if (!Array.isArray(items)) return { parts: [], refused: { column, reason: 'is not a list' } };
  if (items.length > MAX_PARTS)
    return { parts: [], refused: { column, reason: `holds more than ${MAX_PARTS} items` } };
  return { parts: items };
}

interface Row {
  record: unknown;
  part: unknown;
  empty: ReadonlySet<string>;
}

/** The event, or why the row cannot become one. */
function build(mapping: Mapping, fields: Field[], row: Row): Result<Record<string, unknown>, RowRefusal> {
  const body: Record<string, unknown> = { type: mapping.type };
  const externalIds: object[] = [];
  for (const field of fields) {
    const value = valueOf(field, row);
    if (!value.ok) {
      if (field.invalid === 'omit' && !field.required) continue;
      return fail({ column: field.name, reason: value.failure });
    }
    if (value.value === undefined) {
      if (field.required)
        return fail({ column: field.name, reason: 'is empty, and the mapping requires it' });
      continue;
    }
    if (field.path[0] === 'identifiers') {
      const [, type] = field.path;
      externalIds.push({ id: textOf(value.value), type, collection: 'users', encoding: 'none' });
    } else place(body, field.path, value.value);
  }
  if (externalIds.length > 0) place(body, ['context', 'externalIds'], externalIds);
  return ok(body);
}

function valueOf(field: Field, { record, part, empty }: Row): Result<unknown, string> {
  const raw = field.read(record, part);
  if (raw === undefined || raw === null) return ok(undefined);
  if (typeof raw === 'string' && empty.has(field.trim ? raw.trim() : raw)) return ok(undefined);
  return field.convert(raw);
}

function place(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = body;
  for (const step of path.slice(0, -1)) {
    const present = at[step];
    const next = typeof present === 'object' && present !== null ? present : {};
    at[step] = next;
    at = next as Record<string, unknown>;
  }
  at[path.at(-1) as string] = value;
}

/** Events need a user or a visitor. Where the row names none, its strongest identifier stands in, or what it says. */
function personOf(body: Record<string, unknown>, key: unknown[] | undefined): { person?: string } {
  if (body['userId'] !== undefined || body['anonymousId'] !== undefined) return {};
  const context = body['context'] as { externalIds?: { id: string; type: string }[] } | undefined;
  const traits = body['traits'] as { email?: unknown; phone?: unknown } | undefined;
  const [first] = context?.externalIds ?? [];
  if (first) return { person: JSON.stringify([first.type, first.id]) };
  if (key) return { person: JSON.stringify(key) };
  if (traits?.email !== undefined) return { person: JSON.stringify(['email', traits.email]) };
  if (traits?.phone !== undefined) return { person: JSON.stringify(['phone', traits.phone]) };
  return { person: JSON.stringify(body) };
}
