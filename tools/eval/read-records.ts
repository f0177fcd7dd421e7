import { MATCH_FIELDS, type MatchField, type MatchRecord } from '@repartee/identity/domain';
import { readCsv, type Row } from './read-csv.js';

/** Columns and the field that each holds; other columns are ignored. */
export type FieldMapping = Readonly<Record<string, MatchField | 'id' | 'source'>>;

export interface LabelledRecord {
  record: MatchRecord;
  /** The person that the record is of. */
  person: string;
}

const FIELDS: ReadonlySet<string> = new Set([...MATCH_FIELDS, 'id', 'source']);
/** Febrl names its records after the person: `rec-12-org`, `rec-12-dup-0`. */
const FEBRL_ID = /^rec-(\d+)-(?:org|dup-\d+)$/;

/** @throws when a column is mapped to a field that matching does not know */
export function checkMapping(mapping: unknown): FieldMapping {
  if (typeof mapping !== 'object' || mapping === null) throw new Error('a mapping is {"column": "field"}');
  for (const [column, field] of Object.entries(mapping))
    if (typeof field !== 'string' || !FIELDS.has(field))
      throw new Error(`“${column}” is mapped to “${String(field)}”; fields are ${[...FIELDS].join(', ')}`);
  return mapping as FieldMapping;
}

function recordOf(row: Row, mapping: FieldMapping, at: number): MatchRecord {
  const record: MatchRecord = { id: String(at), source: '', at, fields: {} };
  for (const [column, field] of Object.entries(mapping)) {
    const value = row[column.trim()];
    if (value === undefined) continue;
    if (field === 'id') record.id = value.trim();
    else if (field === 'source') record.source = value.trim();
    // Of two columns for one field the first that holds something counts.
    else if (!record.fields[field]?.trim()) record.fields[field] = value;
  }
  return record;
}

/** @throws when the file lacks a mapped column or the column of labels */
export function* readRecords(path: string, mapping: FieldMapping, truth: string): Generator<LabelledRecord> {
  let at = 0;
  for (const row of readCsv(path)) {
    if (at === 0)
      for (const column of [...Object.keys(mapping), truth])
        if (row[column.trim()] === undefined) throw new Error(`${path} has no column “${column}”`);
    const label = (row[truth.trim()] as string).trim();
    yield { record: recordOf(row, mapping, at++), person: FEBRL_ID.exec(label)?.[1] ?? label };
  }
}
