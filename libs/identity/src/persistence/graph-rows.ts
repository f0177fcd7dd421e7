import {
  type HeldRow,
  identifierOf,
  type Link,
  type MatchLink,
  type SignOut,
  type Verdict,
} from '../domain/index.js';

/** A row of `identifier`, as JSON; times are milliseconds since the epoch. */
export type HeldTuple = [
  key: string,
  since: number,
  profileId: string | null,
  originId: string | null,
  verified: boolean,
  sharedAt: number | null,
];

/** SQL that makes a {@link HeldTuple} of a row of `identifier`. */
export function heldTuple(row: string): string {
  const names = ['since', 'profile_id', 'origin_profile_id', 'verified'].map((name) => `${row}.${name}`);
  return `json_build_array(${row}.namespace || ':' || ${row}.value, ${names.join(', ')}, ${milliseconds(`${row}.shared_at`)})`;
}

/** A row of `identity_link`, as JSON. */
export type LinkTuple = [a: string, b: string, rule: Link['rule'], at: number, eventId: string];

/** SQL that makes a {@link LinkTuple} of a row of `identity_link`. */
export function linkTuple(row: string): string {
  return `json_build_array(${row}.a, ${row}.b, ${row}.rule, ${milliseconds(`${row}.first_at`)}, ${row}.event_id)`;
}

/** What else the partition hears: sign-outs, verdicts, matches; `a` and `b` are nodes, with the keys they are found by. */
export type WordTuple = [
  kind: 'sign-out' | 'verdict' | 'match',
  id: string,
  a: string,
  aKey: string,
  b: string,
  bKey: string,
  word: string | null,
  weight: number | null,
  at: number,
];

/** SQL of a time in milliseconds since the epoch. */
export function milliseconds(time: string): string {
  return `(extract(epoch FROM ${time}) * 1000)::float8`;
}

/** A row of `identifier`, as a list of them is read. */
export interface IdentifierRow {
  namespace: string;
  value: string;
  since: string;
  profile_id: string | null;
  origin_profile_id: string | null;
  verified: boolean;
  shared_at: Date | null;
}

export function columnsOf(keys: readonly string[]): [string[], string[]] {
  const identifiers = keys.map(identifierOf);
  return [identifiers.map(({ namespace }) => namespace), identifiers.map(({ value }) => value)];
}

export function rowColumns(rows: HeldRow[]): unknown[] {
  return [
    ...columnsOf(rows.map(({ key }) => key)),
    rows.map(({ since }) => since),
    rows.map(({ profileId }) => profileId),
    rows.map(({ originId }) => originId),
    rows.map(({ verified }) => verified),
    rows.map(({ sharedAt }) => (sharedAt === null ? null : new Date(sharedAt))),
  ];
}

export function toHeld([key, since, profileId, originId, verified, sharedAt]: HeldTuple): HeldRow {
  return { key, since, profileId, originId, verified, sharedAt };
}

export function rowToHeld(row: IdentifierRow): HeldRow {
  const { namespace, value, since, profile_id: profileId, origin_profile_id: originId, verified } = row;
  const sharedAt = row.shared_at?.getTime() ?? null;
  return { key: `${namespace}:${value}`, since: Number(since), profileId, originId, verified, sharedAt };
}

export function toLink([a, b, rule, at, eventId]: LinkTuple): Link {
  return { a, b, rule, at, eventId };
}

export function toSignOut([, eventId, device, , , , , , at]: WordTuple): SignOut {
  return { device, at, eventId };
}

export function toVerdict([, id, a, , b, , word, , at]: WordTuple): Verdict {
  return { id, a, b, verdict: word === 'same' ? 'same' : 'different', at };
}

export function toMatch([, id, a, , b, , , weight, at]: WordTuple): MatchLink {
  return { id, a, b, weight: weight ?? 0, at };
}

export function differs(was: HeldRow, now: HeldRow): boolean {
  return (
    was.profileId !== now.profileId ||
    was.originId !== now.originId ||
    was.verified !== now.verified ||
    was.sharedAt !== now.sharedAt
  );
}
