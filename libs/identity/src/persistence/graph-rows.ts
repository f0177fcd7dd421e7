import {
  type HeldRow,
  identifierOf,
  type Link,
  type MatchLink,
  type SignOut,
  type Verdict,
} from '../domain/index.js';

/** A row of `identifier`. */
export interface IdentifierRow {
  namespace: string;
  value: string;
  since: string;
  profile_id: string | null;
  origin_profile_id: string | null;
  verified: boolean;
  shared_at: Date | null;
}

/** A row of `identity_link`. */
export interface LinkRow {
  a: string;
  b: string;
  rule: Link['rule'];
  first_at: Date;
  event_id: string;
}

/** What else the partition hears: sign-outs, verdicts, matches. */
export interface WordRow {
  kind: 'sign-out' | 'verdict' | 'match';
  id: string;
  a: string;
  b: string;
  word: string | null;
  weight: number | null;
  at: Date;
}

export function columnsOf(keys: string[]): [string[], string[]] {
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

export function toHeld(row: IdentifierRow): HeldRow {
  return {
    key: `${row.namespace}:${row.value}`,
    since: Number(row.since),
    profileId: row.profile_id,
    originId: row.origin_profile_id,
    verified: row.verified,
    sharedAt: row.shared_at?.getTime() ?? null,
  };
}

export function toLink({ a, b, rule, first_at, event_id }: LinkRow): Link {
  return { a, b, rule, at: first_at.getTime(), eventId: event_id };
}

export function toSignOut({ a, at, id }: WordRow): SignOut {
  return { device: a, at: at.getTime(), eventId: id };
}

export function toVerdict({ id, a, b, word, at }: WordRow): Verdict {
  return { id, a, b, verdict: word === 'same' ? 'same' : 'different', at: at.getTime() };
}

export function toMatch({ id, a, b, weight, at }: WordRow): MatchLink {
  return { id, a, b, weight: weight ?? 0, at: at.getTime() };
}

export function differs(was: HeldRow, now: HeldRow): boolean {
  return (
    was.profileId !== now.profileId ||
    was.originId !== now.originId ||
    was.verified !== now.verified ||
    was.sharedAt !== now.sharedAt
  );
}
