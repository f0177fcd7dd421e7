import type { GoldenRecord } from '../golden-record.js';
import { object, type RecordEvent } from '../record-event.js';
import { defaultRank } from '../traits/source-rank.js';
import { hearTrait, joinTraits, type TraitEntry } from '../traits/surviving-trait.js';
import { MOST_RECENT } from '../traits/trait-policy.js';
import { type ConsentProof, type ConsentStatement, consentStatuses, hearConsent } from './consent.js';

const MAX_CONSENTS = 200;
const MAX_PREFERENCES = 100;

/** What `PUT /v1/profiles/{id}/consents` writes into the log. */
export interface ConsentPayload {
  consents: { key: string; status: string; proof?: ConsentProof }[];
  preferences: Record<string, unknown>;
  [name: string]: unknown;
}

/**
 * `context.consent.categoryPreferences` (Segment consent spec) sets consent to data use, by the way on every event, on
 * purpose with `Segment Consent Preference Updated`; `Email Unsubscribed` and `Email Resubscribed` style events set the
 * opt-in to a channel (`properties.channel` names those but `email` and `sms`); our own events say what was put through the API.
 */
export function reduceConsents(record: GoldenRecord, event: RecordEvent): void {
  if (event.type === 'consent') return reducePut(record, event);
  const { categoryPreferences } = object(object(event.payload['context'])['consent']);
  const ambient = event.name !== 'Segment Consent Preference Updated';
  for (const [category, allowed] of Object.entries(object(categoryPreferences))) {
    if (typeof allowed === 'boolean') hear(record, event, `data:${category}`, decided(allowed), { ambient });
  }
  if (event.type !== 'track') return;
  const [, first, said] = /^(\S+) (Unsubscribed|Resubscribed|Subscribed)$/.exec(event.name ?? '') ?? [];
  const channel = first?.toLowerCase();
  if (channel !== undefined && isChannel(channel, event))
    hear(record, event, channel, decided(said !== 'Unsubscribed'));
}

/** Names of two channels speak for themselves; of another, the event must say that it is one, as links in messages do. */
function isChannel(name: string, { payload }: RecordEvent): boolean {
  return name === 'email' || name === 'sms' || object(payload['properties'])['channel'] === name;
}

function decided(granted: boolean): ConsentStatement['status'] {
  return granted ? 'granted' : 'denied';
}

function reducePut(record: GoldenRecord, event: RecordEvent): void {
  const { consents, preferences } = event.payload as unknown as ConsentPayload;
  for (const { key, status, proof } of consents) {
    const known = consentStatuses.find((one) => one === status);
    if (known) hear(record, event, key, known, proof && { proof });
  }
  for (const [name, value] of Object.entries(preferences)) {
    const held = record.preferences ?? {};
    const { source, verified, id: eventId, occurredAt: at } = event;
    if (!Object.hasOwn(held, name) && Object.keys(held).length >= MAX_PREFERENCES) continue;
    const before = Object.hasOwn(held, name) ? held[name] : undefined;
    const said = { value, at, eventId, source, verified };
    record.preferences = { ...held, [name]: hearTrait(before, said, MOST_RECENT, defaultRank) };
  }
}

function hear(
  record: GoldenRecord,
  event: RecordEvent,
  key: string,
  status: ConsentStatement['status'],
  { ambient, proof }: { ambient?: boolean; proof?: ConsentProof } = {},
): void {
  const held = Object.hasOwn(record.consents, key) ? record.consents[key] : undefined;
  if (!held && (key.length > 200 || Object.keys(record.consents).length >= MAX_CONSENTS)) return;
  record.consents[key] = hearConsent(held, {
    status,
    at: event.occurredAt,
    eventId: event.id,
    source: event.source,
    ...(proof && { proof }),
    ...(ambient && { ambient }),
  });
}

/** Preferences of two people who turn out to be one: the latest word of both. */
export function joinPreferences(
  a: Pick<GoldenRecord, 'preferences'>,
  b: Pick<GoldenRecord, 'preferences'>,
): Pick<GoldenRecord, 'preferences'> {
  if (!b.preferences) return {};
  const joined: Record<string, TraitEntry> = { ...a.preferences };
  for (const [name, theirs] of Object.entries(b.preferences)) {
    const ours = Object.hasOwn(joined, name) ? joined[name] : undefined;
    joined[name] = ours ? joinTraits(ours, theirs, MOST_RECENT, defaultRank) : theirs;
  }
  return { preferences: joined };
}
