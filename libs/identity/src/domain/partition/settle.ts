import type { NamespacePolicies } from '../namespace-policy.js';
import type { MatchRules } from './edges.js';
import { type Evidence, type IdentityEvent, type Link, linkKey, type SignOut } from './evidence.js';
import { findOwner } from './find-owner.js';
import type { HeldRow, LoadedComponent } from './load-component.js';
import { spanKey } from './node.js';
import { type Partition, partition } from './partition.js';
import { type IdFor, planProfiles, type ProfilePlan } from './plan-profiles.js';
import { byKey } from './resolution.js';

/** An event with what it says. */
export interface Told {
  event: IdentityEvent;
  evidence: Evidence;
}

/** What is new to a component. */
export interface Fresh {
  links: Link[];
  signOuts: SignOut[];
  /** All events at hand, those among them that say nothing new, too. */
  told: Told[];
  /** Keys that a person wants out of a profile. */
  leaving?: ReadonlySet<string>;
}

/** A component of the graph, worked out anew. */
export interface Settled {
  result: Partition;
  plan: ProfilePlan;
  /** Links that were news. */
  links: Link[];
}

/** Works a component out with what events newly say. */
export function settle(
  found: LoadedComponent,
  fresh: Fresh,
  policies: NamespacePolicies,
  idFor: IdFor,
  match?: MatchRules,
): Settled {
  // Of the same link twice the one that is learned later is the earlier one.
  const learned = fresh.links.filter((link) => found.learn(link));
  const links = [...new Map(learned.map((link) => [linkKey(link), link])).values()];
  for (const signOut of fresh.signOuts) found.signOuts.set(`${signOut.device}/${signOut.eventId}`, signOut);
  // What is not part of the component is known elsewhere, or shared.
  const seen = fresh.told.flatMap(({ evidence }) => evidence.seen.map(({ key }) => key));
  const result = partition(found.component(seen.filter((key) => found.included.has(key))), policies, match);
  const anchored = anchorsIn(result, fresh.told);
  const plan = planProfiles([...found.rows.values()], result, anchored, policies, idFor, fresh.leaving);
  return { result, plan, links };
}

function anchorsIn(result: Partition, told: Told[]): Set<string> {
  const now = byKey(
    result.holdings.map(({ key, since, verified }): HeldRow => {
      const sharedAt = result.sharing.get(key) ?? null;
      return { key, since, verified, profileId: null, originId: null, sharedAt };
    }),
  );
  const anchored = new Set<string>();
  for (const { event, evidence } of told) {
    const row = findOwner(evidence.anchors, event.at, (key) => now.get(key) ?? []);
    if (row) anchored.add(spanKey(row.key, row.since));
  }
  return anchored;
}

/** What is stored, with what was worked out in its place. */
export function overlay(
  stored: ReadonlyMap<string, HeldRow[]>,
  found: LoadedComponent,
  plan: ProfilePlan,
): Map<string, HeldRow[]> {
  const rows = new Map([...stored, ...byKey(found.rows.values())]);
  for (const [key, spans] of byKey(plan.rows)) rows.set(key, spans);
  return rows;
}
