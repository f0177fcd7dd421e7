import { identityRecords, type GeneratorOptions } from '../bench/identity-records/identity-records.js';
import type { LabelledRecords } from './read-records.js';

/** Invented records with their labels. */
export function generatedRecords(options: GeneratorOptions): LabelledRecords {
  const out: LabelledRecords = { records: [], truth: new Map() };
  for (const { record, person } of identityRecords(options)) {
    out.records.push(record);
    out.truth.set(record.id, person);
  }
  return out;
}
