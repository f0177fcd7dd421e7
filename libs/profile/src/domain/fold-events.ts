import { emptyRecord, type GoldenRecord } from './golden-record.js';
import { mergeRecords } from './merge-records.js';
import type { RecordEvent } from './record-event.js';
import { reduceEvent } from './reduce-event.js';
import type { TraitBook } from './trait-book.js';

/**
 * One person's record as their events make it, but for orders and responses. Events are told apart by the profile they
 * were filed under, as a merge keeps the more restrictive consent.
 *
 * @param own the record that takes the person's own events, changed in place
 */
export function foldEvents(
  own: GoldenRecord,
  events: readonly { profileId: string; event: RecordEvent }[],
  book: TraitBook,
): GoldenRecord {
  const groups = new Map<string, GoldenRecord>([[own.id, own]]);
  for (const { profileId, event } of events) {
    const group = groups.get(profileId) ?? emptyRecord(profileId, book.revision);
    groups.set(profileId, group);
    reduceEvent(group, event, book);
  }
  groups.delete(own.id);
  const others = [...groups.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { family, version } = own;
  const joined = others.reduce((record, other) => mergeRecords(record, other, book), own);
  return { ...joined, family, version };
}
