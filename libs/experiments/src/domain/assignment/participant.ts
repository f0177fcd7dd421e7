import type { GoldenRecord } from '@repartee/profile/domain';

/** Somebody who may be in experiments: what of them can be hashed. */
export interface Participant {
  /** What is hashed for the person; see {@link personUnit}. Null of somebody of whom nothing is known. */
  person: string | null;
  /** The living profile, where there is one. */
  profileId: string | null;
  anonymousId: string | null;
  identifiers: readonly { namespace: string; value: string; since?: number }[];
  /** In the universal control group: no experiment is for them. */
  inControl: boolean;
}

/**
 * The id by which a person is drawn, the same before and after she says who she is, and the same after merges:
 * the device with which all began, else the golden record's id.
 *
 * A visitor is drawn by her device (`anonymous_id`) before there is a record. The record that her first event makes has
 * that device as the first thing it knows, so it is still the device that counts; when she signs in for the first time,
 * too. Of two who turn out to be one person the elder's way of counting stays: the record that was known before keeps
 * its own, for it did not begin with the new device. A device that went into other hands counts for its first owner only.
 */
export function personUnit(
  record: Pick<GoldenRecord, 'id' | 'identifiers' | 'firstSeen' | 'device'>,
): string {
  const { id, device, firstSeen, identifiers } = record;
  if (device === undefined || device.at > firstSeen) return id;
  const held = identifiers.find(
    ({ namespace, value }) => namespace === 'anonymous_id' && value === device.anonymousId,
  );
  return held !== undefined && held.since === undefined && held.shared !== true ? device.anonymousId : id;
}

/** Whoever has a golden record. */
export function participantOf(
  record: GoldenRecord,
  anonymousId: string | null,
  inControl = false,
): Participant {
  return {
    person: personUnit(record),
    profileId: record.id,
    anonymousId,
    identifiers: record.identifiers,
    inControl,
  };
}

/** A visitor without a record; without a device there is nothing to tell her by. */
export function strangerOf(anonymousId: string | null): Participant {
  return {
    person: anonymousId,
    profileId: null,
    anonymousId,
    identifiers: anonymousId === null ? [] : [{ namespace: 'anonymous_id', value: anonymousId }],
    inControl: false,
  };
}

/** What is hashed: the person, or the identifier of a namespace that has been hers for longest. */
export function hashedId(participant: Participant, hashBy: string): string | null {
  if (hashBy === 'person') return participant.person;
  let first: Participant['identifiers'][number] | undefined;
  for (const held of participant.identifiers) {
    if (held.namespace === hashBy && (first === undefined || isBefore(held, first))) first = held;
  }
  return first?.value ?? null;
}

function isBefore(a: { value: string; since?: number }, b: { value: string; since?: number }): boolean {
  const difference = (a.since ?? 0) - (b.since ?? 0);
  return difference !== 0 ? difference < 0 : a.value < b.value;
}
