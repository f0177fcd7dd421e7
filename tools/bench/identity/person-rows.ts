import {
  blockingKeys,
  byKey,
  DEFAULT_POLICIES,
  evidenceOf,
  fieldsOfTraits,
  type HeldRow,
  holdingsOf,
  identifierOf,
  identifiersOf,
  keysOf,
  standardise,
  stateFields,
  valuesOf,
} from '@repartee/identity/domain';
import { emptyRecord, EMPTY_BOOK, reduceEvent, searchText } from '@repartee/profile/domain';
import type { Introduction } from './people.js';

/** An identify event of a trusted source, as the log has it. */
export interface IntroducingEvent {
  id: string;
  source: string;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  receivedAt: number;
  payload: Introduction;
}

/** Columns of the tables that are filled, in the order of {@link PersonRows}' values. */
export const COLUMNS = {
  profile: ['id', 'version', 'record'],
  profile_search: ['profile_id', 'text'],
  timeline_entry: ['profile_id', 'at', 'id', 'kind', 'logged_at'],
  identifier: ['namespace', 'value', 'since', 'profile_id', 'origin_profile_id', 'verified'],
  identity_link: ['a', 'b', 'rule', 'first_at', 'event_id'],
  source_record: ['id', 'source', 'key', 'at', 'stated', 'standard'],
  source_record_block: ['block', 'record_id'],
} as const;
export type FilledTable = keyof typeof COLUMNS;
export const FILLED = Object.keys(COLUMNS) as FilledTable[];

export type Value = string | number | boolean;
export type PersonRows = Record<FilledTable, Value[][]>;

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

/**
 * What processing the first event of a person leaves in the tables, by the product's own rules. Holds for people who
 * share no identifier with anybody and look like nobody.
 */
export function personRows(event: IntroducingEvent, ids: { profile: string; record: string }): PersonRows {
  const { id, source, occurredAt, receivedAt } = event;
  const payload: Record<string, unknown> = { ...event.payload };
  const identifiers = identifiersOf({ type: 'identify', payload });
  const evidence = evidenceOf({ id, at: occurredAt, verified: true, identifiers }, DEFAULT_POLICIES);
  const keys = keysOf(evidence);
  const held = keys.map((key): HeldRow => {
    const own = { profileId: ids.profile, originId: ids.profile, verified: true };
    return { key, since: 0, sharedAt: null, ...own };
  });
  const record = { ...emptyRecord(ids.profile), version: 1 };
  record.identifiers = holdingsOf([ids.profile], byKey(held)).get(ids.profile)?.identifiers ?? [];
  const heard = { id, type: 'identify', name: null, source, verified: true, occurredAt, payload };
  reduceEvent(record, heard, EMPTY_BOOK);
  const text = searchText(record);
  return {
    profile: [[ids.profile, 1, JSON.stringify(record)]],
    profile_search: text === '' ? [] : [[ids.profile, text]],
    timeline_entry: [[ids.profile, time(occurredAt), id, 'event', time(receivedAt)]],
    identifier: keys.map((key) => {
      const { namespace, value } = identifierOf(key);
      return [namespace, value, 0, ids.profile, ids.profile, true];
    }),
    identity_link: evidence.links.map(({ a, b, rule }) => [a, b, rule, time(occurredAt), id]),
    ...recordRows(event, ids.record, evidence.anchors[0] ?? ''),
  };
}

function recordRows(
  { id, source, occurredAt, payload }: IntroducingEvent,
  recordId: string,
  key: string,
): Pick<PersonRows, 'source_record' | 'source_record_block'> {
  const fields = fieldsOfTraits(payload.traits);
  if (Object.keys(fields).length === 0) return { source_record: [], source_record_block: [] };
  const stated = stateFields({}, fields, occurredAt, id);
  const standard = standardise(valuesOf(stated));
  const row = [recordId, source, key, time(occurredAt), JSON.stringify(stated), JSON.stringify(standard)];
  return {
    source_record: [row],
    source_record_block: blockingKeys(standard).map((block) => [block, recordId]),
  };
}
