import type { NamespacePolicies } from '../namespace-policy.js';
import { policyOf } from '../namespace-policy.js';
import type { HeldRow } from './load-component.js';
import { isClaim, isDevice, namespaceOf, partsOfClaim, spanKey } from './node.js';
import type { Holding } from './holding.js';
import type { Partition } from './partition.js';

/** Two profiles turned out to be one person's. */
export interface Merge {
  survivor: string;
  merged: string;
  /** Which rule joined them, in words. */
  rule: string;
  /** What joined them: an event, a verdict or a match. */
  eventId: string;
  /** Event time, milliseconds since the epoch. */
  at: number;
}

/** Part of a profile turned out to be somebody else's. */
export interface Parting {
  from: string;
  to: string;
}

/** What became of profiles when a part of the graph was worked out anew. */
export interface ProfilePlan {
  rows: HeldRow[];
  /** Rows of moments at which nothing changes hands any more: `key/since`. */
  vanished: HeldRow[];
  merges: Merge[];
  partings: Parting[];
  /** Profiles some of whose events may be somebody else's now, and from which event time on. */
  unsettled: Map<string, number>;
}

/**
 * An id for a cluster that has none: the one its identifiers had first, if that was merged away; else a new one where
 * one is needed because something happened to it.
 */
export type IdFor = (origins: string[], needed: boolean) => string | undefined;

interface Target {
  nodes: Holding[];
  owners: Set<string>;
  profileId?: string;
}

/**
 * Gives each cluster a profile: the one that had the best of its identifiers keeps its id. Where several come
 * together, known survives anonymous and among equals the older id does; what leaves a profile gets back the id it
 * once had, or a new one.
 *
 * @param anchored nodes to which events belong: their clusters need a profile
 * @param leaving keys that a person wants out of a profile: they keep its id only if nothing else can
 * @param idFor an id for what leaves a profile or is new
 */
export function planProfiles(
  old: readonly HeldRow[],
  result: Partition,
  anchored: ReadonlySet<string>,
  policies: NamespacePolicies,
  idFor: IdFor,
  leaving: ReadonlySet<string> = new Set(),
): ProfilePlan {
  const targets = targetsOf(result);
  const places = placesOf(old, result.holdings, targets);
  const homes = homesOf(places, policies, leaving);
  for (const [profileId, home] of homes) home.owners.add(profileId);
  const merges: Merge[] = [];
  const ranks = ranksOf(old);
  for (const target of new Set(targets.values())) {
    const displaced = places.filter(
      (place) => place.target === target && homes.get(place.row.profileId ?? '') !== target,
    );
    const needed = target.nodes.some(({ node, key }) => anchored.has(node ?? '') || leaving.has(key));
    const [survivor, ...others] = [...target.owners].sort(
      (x, y) => (ranks.get(y) ?? 0) - (ranks.get(x) ?? 0) || (x < y ? -1 : 1),
    );
    target.profileId =
      survivor ??
      idFor(
        displaced.flatMap(({ row }) => row.originId ?? []),
        needed,
      );
    for (const merged of others)
      merges.push({ survivor: survivor ?? '', merged, ...causeOf(target, merged, places, result) });
  }
  const partings = new Map<string, Parting>();
  const unsettled = new Map<string, number>();
  for (const { row, target } of places) {
    const home = homes.get(row.profileId ?? '');
    if (row.profileId === null || !home || home === target) continue;
    unsettled.set(row.profileId, 0);
    if (target.profileId === undefined) continue;
    partings.set(`${row.profileId}/${target.profileId}`, { from: row.profileId, to: target.profileId });
  }
  const { rows, vanished } = rowsOf(old, result, targets);
  noteNewMoments(old, result.holdings, unsettled);
  return { rows, vanished, merges, partings: [...partings.values()], unsettled };
}

function targetsOf(result: Partition): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const members of result.clusters) {
    const target: Target = { nodes: [], owners: new Set() };
    for (const node of members) targets.set(node, target);
  }
  for (const holding of result.holdings)
    if (holding.node !== null) targets.get(holding.node)?.nodes.push(holding);
  return targets;
}

interface Place {
  row: HeldRow;
  target: Target;
}

/**
 * Where each stored identifier is now; what held only for a time is where that time is now. What was merely claimed
 * carries no events: whoever proves it takes nothing else along.
 */
function placesOf(
  old: readonly HeldRow[],
  holdings: readonly Holding[],
  targets: Map<string, Target>,
): Place[] {
  const byKey = new Map<string, Holding[]>();
  for (const holding of holdings) byKey.set(holding.key, [...(byKey.get(holding.key) ?? []), holding]);
  return old.flatMap((row) => {
    if (!row.verified && !isDevice(row.key) && !isClaim(row.key)) return [];
    const now = (byKey.get(row.key) ?? [])
      .filter(({ since }) => since <= row.since)
      .sort((a, b) => b.since - a.since)[0];
    const target = now?.node == null ? undefined : targets.get(now.node);
    return target ? [{ row, target }] : [];
  });
}

/** The cluster that keeps each profile's id: where its best identifier is. */
function homesOf(
  places: readonly Place[],
  policies: NamespacePolicies,
  leaving: ReadonlySet<string>,
): Map<string, Target> {
  const priorityOf = (key: string) => policyOf(namespaceOf(key), policies).priority;
  const better = (a: HeldRow, b: HeldRow) => {
    const rank = (row: HeldRow) => [
      row.originId === row.profileId ? 0 : 1,
      leaving.has(row.key) ? 1 : 0,
      isClaim(row.key) ? 1 : 0,
      priorityOf(isClaim(row.key) ? partsOfClaim(row.key).person : row.key),
      row.since,
    ];
    const [x, y] = [rank(a), rank(b)];
    const at = x.findIndex((value, index) => value !== y[index]);
    return at < 0 ? a.key < b.key : (x[at] ?? 0) < (y[at] ?? 0);
  };
  const best = new Map<string, Place>();
  for (const place of places) {
    const { profileId } = place.row;
    if (profileId === null) continue;
    const held = best.get(profileId);
    if (!held || better(place.row, held.row)) best.set(profileId, place);
  }
  return new Map([...best].map(([profileId, { target }]) => [profileId, target]));
}

/** Proved user above known above anonymous. */
function ranksOf(old: readonly HeldRow[]): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const { key, profileId, verified } of old) {
    if (profileId === null) continue;
    const rank = verified && namespaceOf(key) === 'user_id' ? 2 : isDevice(key) || isClaim(key) ? 0 : 1;
    ranks.set(profileId, Math.max(rank, ranks.get(profileId) ?? 0));
  }
  return ranks;
}

/** What brought a profile to another: the first edge, in the order they were tried, that crosses between them. */
function causeOf(
  target: Target,
  merged: string,
  places: readonly Place[],
  result: Partition,
): Omit<Merge, 'survivor' | 'merged'> {
  const theirs = new Set(
    places
      .filter(({ row, target: now }) => now === target && row.profileId === merged)
      .map(({ row }) => spanKey(row.key, row.since)),
  );
  const edge = result.kept.find(
    ({ a, b }) => theirs.has(a) !== theirs.has(b) && (theirs.has(a) || theirs.has(b)),
  );
  if (!edge) return { rule: 'the same identifiers', eventId: merged, at: 0 };
  return { rule: ruleInWords(edge.kind, edge.b), eventId: edge.id, at: edge.at };
}

function ruleInWords(kind: Partition['kept'][number]['kind'], weaker: string): string {
  if (kind === 'verdict') return 'a person said so';
  if (kind === 'alias') return 'alias call';
  if (kind === 'match') return 'alike records';
  return kind === 'sign-in' ? 'first sign-in on the device' : `verified ${namespaceOf(weaker)}`;
}

function rowsOf(
  old: readonly HeldRow[],
  result: Partition,
  targets: Map<string, Target>,
): { rows: HeldRow[]; vanished: HeldRow[] } {
  const before = new Map(old.map((row) => [`${row.key}/${row.since}`, row]));
  const rows: HeldRow[] = [];
  for (const { key, since, node, verified } of result.holdings) {
    const was = before.get(`${key}/${since}`);
    before.delete(`${key}/${since}`);
    const profileId = node === null ? null : (targets.get(node)?.profileId ?? null);
    const originId = was?.originId ?? profileId;
    const sharedAt = isClaim(key) ? null : (result.sharing.get(key) ?? null);
    rows.push({ key, since, profileId, originId, verified, sharedAt });
  }
  const known = new Set(result.holdings.map(({ key }) => key));
  return { rows, vanished: [...before.values()].filter(({ key }) => known.has(key)) };
}

/** A device that turns out to have changed hands: events since then that its profile has already are not its own. */
function noteNewMoments(
  old: readonly HeldRow[],
  holdings: readonly Holding[],
  unsettled: Map<string, number>,
): void {
  const stored = new Set(old.map(({ key, since }) => `${key}/${since}`));
  for (const { key, since } of holdings) {
    if (since === 0 || stored.has(`${key}/${since}`)) continue;
    const before = old
      .filter((row) => row.key === key && row.since < since)
      .sort((a, b) => b.since - a.since)[0];
    if (before?.profileId == null) continue;
    unsettled.set(before.profileId, Math.min(since, unsettled.get(before.profileId) ?? since));
  }
}
