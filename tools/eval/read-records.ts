import { MATCH_FIELDS, type MatchField, type MatchRecord } from '@repartee/identity/domain';
import { readCsv, type Row } from './read-csv.js';

/** Columns and the field that each holds; other columns are ignored. */
export type FieldMapping = Readonly<Record<string, MatchField | 'id' | 'source'>>;

export interface LabelledRecords {
  records: MatchRecord[];
  /** The true person of each record, by its id. */
  truth: Map<string, string>;
}

const FIELDS: ReadonlySet<string> = new Set([...MATCH_FIELDS, 'id', 'source']);
/** Febrl names its records after the person: `rec-12-org`, `rec-12-dup-0`. */
const FEBRL_ID = /^rec-(\d+)-(?:org|dup-\d+)$/;

/** @throws when a column is mapped to a field that matching does not know */
export function checkMapping(mapping: Record<string, unknown>): FieldMapping {
  for (const [column, field] of Object.entries(mapping))
    if (typeof field !== 'string' || !FIELDS.has(field))
      throw new Error(`“${column}” is mapped to “${String(field)}”; fields are ${[...FIELDS].join(', ')}`);
  return mapping as FieldMapping;
}

function personOf(label: string): string {
  return FEBRL_ID.exec(label)?.[1] ?? label;
}

function recordOf(row: Row, mapping: FieldMapping, at: number): MatchRecord {
  const record: MatchRecord = { id: String(at), source: '', at, fields: {} };
  for (const [column, field] of Object.entries(mapping)) {
    const value = row[column];
    if (value === undefined) continue;
    if (field === 'id') record.id = value.trim();
    else if (field === 'source') record.source = value.trim();
    // Of two columns for one field the first that holds something counts.
    else if (!record.fields[field]?.trim()) record.fields[field] = value;
  }
  return record;
}

/** @throws when the file lacks a mapped column or the column of labels, or names two records alike */
export async function readRecords(
  path: string,
  mapping: FieldMapping,
  truth: string,
): Promise<LabelledRecords> {
  const out: LabelledRecords = { records: [], truth: new Map() };
  for await (const row of readCsv(path)) {
    if (out.records.length === 0)
      for (const column of [...Object.keys(mapping), truth])
        if (row[column] === undefined) throw new Error(`${path} has no column “${column}”`);
    const record = recordOf(row, mapping, out.records.length);
    if (out.truth.has(record.id)) throw new Error(`${path} has two records with the id “${record.id}”`);
    out.records.push(record);
    out.truth.set(record.id, personOf((row[truth] as string).trim()));
  }
  return out;
}
