import { type NamespacePolicies } from '../namespace-policy.js';
import { claimantOf } from './claims.js';
import { namesPerson } from './names-person.js';
import type { MatchLink } from './edges.js';
import { isEarlier, isProof, type Link, linkKey, type SignOut } from './evidence.js';
import { baseOf, isClaim, isDevice, partsOfClaim } from './node.js';
import type { Component, Verdict } from './partition.js';
import { sharedSince } from './sharing.js';

/** An identifier as it is stored: whose it was, as far as was worked out last. */
export interface HeldRow {
  key: string;
  /** From when on it is this profile's; 0 for always. */
  since: number;
  /** Null: nobody's. */
  profileId: string | null;
  /** The profile that had it first. */
  originId: string | null;
  verified: boolean;
  /** Since when it is shared and links nobody. */
  sharedAt: number | null;
}

/** A part of the stored graph. */
export interface GraphSlice {
  rows: HeldRow[];
  links: Link[];
  signOuts: SignOut[];
  verdicts: Verdict[];
  matches: MatchLink[];
}

/** Reads the graph around keys. */
export interface GraphReader {
  /**
   * The rows of these keys and of all profiles that own one; links, verdicts and matches that touch the keys; of a
   * claim's key the link that says it. Of the links of one key the earliest few hundred are enough.
   */
  read(keys: string[]): Promise<GraphSlice>;
}

/** So many nodes are worked out together at most; what lies beyond keeps the owner it has. */
const MAX_NODES = 4_000;

/** A component of the graph with what is stored of it. */
export class LoadedComponent {
  readonly rows = new Map<string, HeldRow>();
  readonly links = new Map<string, Link>();
  readonly signOuts = new Map<string, SignOut>();
  readonly verdicts = new Map<string, Verdict>();
  readonly matches = new Map<string, MatchLink>();
  readonly included = new Set<string>();
  readonly provedElsewhere = new Set<string>();

  /** The profiles that own something here. */
  owners(): string[] {
    return [...new Set([...this.rows.values()].flatMap(({ profileId }) => profileId ?? []))].sort();
  }

  /** Adds a link unless an earlier event said the same. @returns whether it is news */
  learn(link: Link): boolean {
    const held = this.links.get(linkKey(link));
    if (held && !isEarlier(link, held)) return false;
    this.links.set(linkKey(link), link);
    return true;
  }

  /** What the partition is worked out from. */
  component(seen: Iterable<string>): Component {
    const stored = [...this.rows.values()].filter(
      (row) => !isClaim(row.key) && (row.verified || isDevice(row.key)),
    );
    return {
      seen: [...new Set([...stored.map((row) => row.key), ...seen])],
      provedElsewhere: this.provedElsewhere,
      links: [...this.links.values()],
      signOuts: [...this.signOuts.values()],
      verdicts: [...this.verdicts.values()],
      matches: [...this.matches.values()],
    };
  }
}

/**
 * Follows what links the keys until nothing new turns up. Links of shared identifiers lead nowhere.
 * @param seeds keys to begin with; one with links is taken in only where one of them leads to it
 */
export async function loadComponent(
  reader: GraphReader,
  seeds: ReadonlyMap<string, Link[] | null>,
  policies: NamespacePolicies,
): Promise<LoadedComponent> {
  const found = new LoadedComponent();
  const pool = new Map<string, Link>();
  let asked = new Map(seeds);
  while (asked.size > 0 && found.included.size < MAX_NODES) {
    const slice = await reader.read([...asked.keys()]);
    for (const via of asked.values()) for (const link of via ?? []) pool.set(linkKey(link), link);
    for (const link of slice.links) pool.set(linkKey(link), link);
    const entered = enter(found, asked, slice, sharedSince([...pool.values()], policies), policies);
    asked = neighbours(found, entered, slice, policies);
  }
  return found;
}

/** Takes in those of the keys that an effective link, or anything stronger, leads to. */
function enter(
  found: LoadedComponent,
  asked: Map<string, Link[] | null>,
  slice: GraphSlice,
  sharing: ReadonlyMap<string, number>,
  policies: NamespacePolicies,
): Set<string> {
  const proved = new Set(slice.rows.flatMap(({ key, verified }) => (verified ? [key] : [])));
  // What came at the very moment at which an identifier was shared may have come first.
  const effective = (key: string, link: Link) => link.at <= (sharing.get(key) ?? Number.POSITIVE_INFINITY);
  const leads = (key: string) => (link: Link) => {
    if (isProof(link)) return effective(link.a, link) && effective(link.b, link);
    if (isDevice(key) || isClaim(key)) return !namesPerson(link.b, policies) || effective(key, link);
    return !proved.has(key) || link.a === link.b;
  };
  const entered = new Set<string>();
  for (const [key, via] of asked) {
    if (via === null || via.some(leads(key))) entered.add(key);
    else if (proved.has(key)) found.provedElsewhere.add(key);
  }
  for (const key of entered) {
    found.included.add(key);
    found.provedElsewhere.delete(key);
  }
  const owners = new Set(
    slice.rows.flatMap(({ key, profileId }) => (entered.has(key) ? (profileId ?? []) : [])),
  );
  for (const row of slice.rows)
    if (entered.has(row.key) || (row.profileId !== null && owners.has(row.profileId)))
      found.rows.set(`${row.key}/${row.since}`, row);
  for (const signOut of slice.signOuts)
    if (entered.has(signOut.device)) found.signOuts.set(`${signOut.device}/${signOut.eventId}`, signOut);
  return entered;
}

function neighbours(
  found: LoadedComponent,
  entered: Set<string>,
  slice: GraphSlice,
  policies: NamespacePolicies,
): Map<string, Link[] | null> {
  const next = new Map<string, Link[] | null>();
  const surely = (key: string) => {
    if (key !== '' && !found.included.has(key)) next.set(key, null);
  };
  const perhaps = (key: string, link: Link) => {
    if (found.included.has(key)) return;
    const via = next.get(key);
    if (via === undefined) next.set(key, [link]);
    else via?.push(link);
  };
  for (const link of slice.links) {
    const touched = [link.a, link.b].filter((key) => entered.has(key));
    if (touched.length === 0) continue;
    found.links.set(linkKey(link), link);
    perhaps(link.a, link);
    perhaps(link.b, link);
    if (!isProof(link) && isClaim(claimantOf(link, policies))) surely(claimantOf(link, policies));
  }
  for (const row of found.rows.values()) surely(row.key);
  for (const key of entered) {
    if (!isClaim(key)) continue;
    const { person, device } = partsOfClaim(key);
    if (device === '') surely(person);
    const said = slice.links.find(({ a, b, rule }) => a === device && b === person && rule === 'claim');
    if (!said) continue;
    found.links.set(linkKey(said), said);
    perhaps(device, said);
    perhaps(person, said);
  }
  for (const verdict of slice.verdicts) {
    found.verdicts.set(verdict.id, verdict);
    if (verdict.verdict === 'same') for (const key of [verdict.a, verdict.b]) surely(baseOf(key));
  }
  for (const match of slice.matches) {
    found.matches.set(match.id, match);
    for (const key of [match.a, match.b]) surely(key);
  }
  return next;
}
