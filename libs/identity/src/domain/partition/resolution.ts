import type { NamespacePolicies } from '../namespace-policy.js';
import { namesPerson } from './names-person.js';
import { type Evidence, isEarlier, isProof, type Link, linkKey, type SignOut } from './evidence.js';
import { findOwner } from './find-owner.js';
import type { HeldRow } from './load-component.js';
import { claimKey, identifierOf, isClaim, isDevice } from './node.js';
import type { Merge, Parting } from './plan-profiles.js';

/** An identifier as its owner's golden record lists it. */
export interface OwnedIdentifier {
  namespace: string;
  value: string;
  verified: boolean;
  /** Event time, milliseconds since the epoch: from when, and until when, it is this person's. Absent: always. */
  since?: number;
  until?: number;
  /** Too many people have it: it leads to nobody. */
  shared?: boolean;
}

/** What identity says of one profile. */
export interface ProfileHoldings {
  identifiers: OwnedIdentifier[];
  /** Keys of what is merely claimed to be this person. */
  claims: string[];
}

/** Whose events are, and what that changed. */
export interface Resolution {
  /** The profile of each event, in the order given; undefined for one that names nobody. */
  owners: (string | undefined)[];
  merges: Merge[];
  partings: Parting[];
  /** Profiles some of whose events may be somebody else's now, from this event time on. */
  unsettled: Map<string, number>;
  /** Profiles whose identifiers changed. */
  holdings: Map<string, ProfileHoldings>;
  /** What each owner must still hold once it is locked: what was read may have changed before. */
  relied: { profileId: string; key: string; at: number }[];
  /** Whose an event would be, by its anchors and time: for events that were processed before. */
  ownerOf(anchors: readonly string[], at: number): string | undefined;
}

/** What of an event's evidence is not stored yet. */
export interface News {
  links: Link[];
  signOuts: SignOut[];
  /** Keys around which the graph must be worked out anew, as in {@link loadComponent}; none: everything was known. */
  seeds: Map<string, Link[] | null>;
}

export function keysOf(evidence: Evidence): string[] {
  return [
    ...new Set([
      ...evidence.anchors,
      ...evidence.seen.map(({ key }) => key),
      ...evidence.links.flatMap(({ a, b }) => [a, b]),
    ]),
  ];
}

/** Compares what an event says with what is stored. */
export function newsOf(
  evidence: Evidence,
  at: number,
  stored: { rows: ReadonlyMap<string, HeldRow[]>; links: ReadonlyMap<string, Link> },
  policies: NamespacePolicies,
): News {
  const rowsOf = (key: string) => stored.rows.get(key) ?? [];
  const links = evidence.links.filter((link) => {
    const held = stored.links.get(linkKey(link));
    return !held || isEarlier(link, held);
  });
  const seeds = new Map<string, Link[] | null>();
  const seed = (key: string) => void seeds.set(key, null);
  for (const { key, verified } of evidence.seen) {
    const [row] = rowsOf(key);
    if (!row || (verified && !row.verified && !isDevice(key))) seed(key);
  }
  for (const link of links) {
    // A shared identifier links nobody: nothing around it changes by what comes after that moment.
    const isDead = (key: string) => link.at > (rowsOf(key)[0]?.sharedAt ?? Number.POSITIVE_INFINITY);
    if (!isDead(link.a)) seed(link.a);
    if (!seeds.has(link.b) && !isDead(link.b)) seeds.set(link.b, isProof(link) ? null : [link]);
    const onDevice = isProof(link) ? isDevice(link.b) : isDevice(link.a) && namesPerson(link.b, policies);
    if (onDevice) seed(isProof(link) ? claimKey(link.a, link.b) : claimKey(link.b, link.a));
    if (link.a === link.b) seed(claimKey(link.a, ''));
  }
  for (const { device } of evidence.signOuts) seed(device);
  const owner = findOwner(evidence.anchors, at, rowsOf);
  if (owner?.profileId == null) for (const key of evidence.anchors) seed(key);
  return { links, signOuts: evidence.signOuts, seeds };
}

export function byKey(rows: Iterable<HeldRow>): Map<string, HeldRow[]> {
  const groups = new Map<string, HeldRow[]>();
  for (const row of rows) {
    const group = groups.get(row.key);
    if (group) group.push(row);
    else groups.set(row.key, [row]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.since - b.since);
  return groups;
}

/** What each of these profiles holds now. */
export function holdingsOf(
  profileIds: Iterable<string>,
  rows: ReadonlyMap<string, HeldRow[]>,
): Map<string, ProfileHoldings> {
  const holdings = new Map<string, ProfileHoldings>();
  for (const id of profileIds) holdings.set(id, { identifiers: [], claims: [] });
  for (const [key, spans] of rows) {
    for (const [index, row] of spans.entries()) {
      const held = row.profileId === null ? undefined : holdings.get(row.profileId);
      if (!held) continue;
      if (isClaim(key)) held.claims.push(key);
      else held.identifiers.push(ownedOf(row, spans[index + 1]?.since));
    }
  }
  for (const { identifiers, claims } of holdings.values()) {
    const text = ({ namespace, value }: OwnedIdentifier) => `${namespace}:${value}`;
    identifiers.sort((a, b) => (text(a) < text(b) ? -1 : 1));
    claims.sort();
  }
  return holdings;
}

function ownedOf(row: HeldRow, until: number | undefined): OwnedIdentifier {
  return {
    ...identifierOf(row.key),
    verified: row.verified,
    ...(row.since > 0 && { since: row.since }),
    ...(until !== undefined && { until }),
    ...(row.sharedAt !== null && { shared: true }),
  };
}

/** All seeds of several pieces of news; a key that one of them is sure of is sure. */
export function allSeeds(news: readonly News[]): Map<string, Link[] | null> {
  const all = new Map<string, Link[] | null>();
  for (const { seeds } of news)
    for (const [key, via] of seeds) {
      const held = all.get(key);
      all.set(key, via === null || held === null ? null : [...(held ?? []), ...via]);
    }
  return all;
}
