import { Inject, Injectable } from '@nestjs/common';
import { Metrics, newId, RetryTransactionError, type Transaction } from '@repartee/platform';
import {
  allSeeds,
  byKey,
  evidenceOf,
  findOwner,
  type Fresh,
  type HeldRow,
  holdingsOf,
  type IdentityEvent,
  keysOf,
  type Link,
  linkKey,
  loadComponent,
  type LoadedComponent,
  newsOf,
  overlay,
  type Partition,
  type ProfilePlan,
  type Resolution,
  settle,
  type Told,
} from './domain/index.js';
import { IdentityPolicies } from './identity-policies.js';
import { StreamingMatcher } from './api/matching/streaming-matcher.js';
import { GraphStore } from './persistence/graph-store.js';
import { ProfileAliases } from './persistence/profile-aliases.js';
import { ReviewStore } from './persistence/review-store.js';

/** Locks profiles, in the order of their ids, until the transaction ends. */
export type LockProfiles = (profileIds: string[]) => Promise<void>;

/** Reads of a part of the graph under a lock until it stands still. */
const MAX_READS = 4;

/**
 * Says whose events are. What nearly every event says is known already: one look at its identifiers answers. Where
 * something is new, the component of the graph that it touches is worked out anew, from all that is known of it.
 */
@Injectable()
export class IdentityResolver {
  constructor(
    @Inject(GraphStore) private readonly store: GraphStore,
    @Inject(ProfileAliases) private readonly aliases: ProfileAliases,
    @Inject(ReviewStore) private readonly reviews: ReviewStore,
    @Inject(IdentityPolicies) private readonly policies: IdentityPolicies,
    @Inject(StreamingMatcher) private readonly matcher: StreamingMatcher,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Resolves events and writes what they change in the graph. Call it once a transaction. */
  async resolve(tx: Transaction, events: IdentityEvent[], lock: LockProfiles): Promise<Resolution> {
    const told = events.map((event) => ({ event, evidence: evidenceOf(event, this.policies.all) }));
    const keys = [...new Set(told.flatMap(({ evidence }) => keysOf(evidence)))];
    const seen = await this.store.look(
      tx,
      keys,
      told.flatMap(({ evidence }) => evidence.links),
    );
    const stored = {
      rows: byKey(seen.rows),
      links: new Map(seen.links.map((link) => [linkKey(link), link])),
    };
    const news = told.map(({ event, evidence }) => newsOf(evidence, event.at, stored, this.policies.all));
    const seeds = allSeeds(news);
    const matched = await this.matcher.observe(tx, told);
    for (const key of matched.seeds) seeds.set(key, null);
    const known = new Set<string>();
    const relied: Resolution['relied'] = [];
    for (const [index, { event, evidence }] of told.entries()) {
      const row = findOwner(evidence.anchors, event.at, (key) => stored.rows.get(key) ?? []);
      if (row?.profileId == null) continue;
      known.add(row.profileId);
      if (news[index]?.seeds.size === 0)
        relied.push({ profileId: row.profileId, key: row.key, at: event.at });
    }
    await this.reviews.suggest(tx, matched.suggested);
    if (seeds.size === 0) {
      await lock([...known].sort());
      return this.finish(told, stored.rows, undefined, relied);
    }
    for (const key of seeds.keys())
      for (const { profileId } of stored.rows.get(key) ?? []) if (profileId !== null) known.add(profileId);
    const elsewhere = matched.seeds.filter((key) => !stored.rows.has(key));
    const found = await this.loadLocked(tx, seeds, { known, elsewhere }, lock);
    const plan = await this.workOut(tx, found, {
      links: news.flatMap((one) => one.links),
      signOuts: news.flatMap((one) => one.signOuts),
      told,
    });
    const rows = overlay(stored.rows, found, plan);
    return this.finish(told, rows, { ...plan, owners: found.owners() }, relied);
  }

  /**
   * Works a part of the graph out anew, after a verdict or a new model changed what holds it together.
   * @param leaving keys that a person wants out of a profile, which keeps its id without them
   */
  async rework(
    tx: Transaction,
    seeds: readonly string[],
    lock: LockProfiles,
    leaving: readonly string[] = [],
  ): Promise<Resolution> {
    const around = new Map(seeds.map((key) => [key, null]));
    const found = await this.loadLocked(tx, around, { known: new Set(), elsewhere: seeds }, lock);
    const fresh = { links: [], signOuts: [], told: [], leaving: new Set(leaving) };
    const plan = await this.workOut(tx, found, fresh);
    return this.finish([], overlay(new Map(), found, plan), { ...plan, owners: found.owners() }, []);
  }

  /** Keys of what an event names, the strongest first. */
  keysOf(event: IdentityEvent): string[] {
    return keysOf(evidenceOf(event, this.policies.all));
  }

  /** Where an event that was processed before belongs. */
  anchorsOf(event: IdentityEvent): string[] {
    return evidenceOf(event, this.policies.all).anchors;
  }

  /**
   * Reads what hangs together with the seeds, its owners locked. Who is likely to be among them is locked before, so
   * that it need not be read twice.
   */
  private async loadLocked(
    tx: Transaction,
    seeds: Map<string, Link[] | null>,
    likely: { known: ReadonlySet<string>; elsewhere: readonly string[] },
    lock: LockProfiles,
  ): Promise<LoadedComponent> {
    const owners = likely.elsewhere.length > 0 ? await this.store.ownersOf(tx, likely.elsewhere) : [];
    const locked = new Set([...likely.known, ...owners]);
    await lock([...locked].sort());
    for (let read = 1; read <= MAX_READS; read += 1) {
      const reader = this.store.reader(tx, this.matcher.mergeAt);
      const found = await loadComponent(reader, seeds, this.policies.all);
      const missing = found.owners().filter((id) => !locked.has(id));
      if (missing.length === 0) return found;
      await lock(missing);
      for (const id of missing) locked.add(id);
    }
    throw new RetryTransactionError('the identity graph does not stand still');
  }

  private async workOut(tx: Transaction, found: LoadedComponent, fresh: Fresh): Promise<ProfilePlan> {
    const old = [...found.rows.values()];
    // Who owns something was not merged away.
    const living = new Set(found.owners());
    const origins = new Set(old.flatMap(({ originId }) => originId ?? []).filter((id) => !living.has(id)));
    const merged = await this.aliases.survivorsOf(tx, [...origins]);
    const idFor = (candidates: string[], needed: boolean) => {
      const own = candidates.filter((id) => merged.has(id)).sort()[0];
      if (own === undefined) return needed ? newId() : undefined;
      merged.delete(own);
      return own;
    };
    const match = found.matches.size > 0 ? await this.matcher.rules(tx, [...found.included]) : undefined;
    const { plan, result, links } = settle(found, fresh, this.policies.all, idFor, match);
    this.count(result);
    await this.store.saveRows(tx, old, plan.rows, plan.vanished);
    await this.store.saveEvidence(tx, links, fresh.signOuts);
    for (const merge of plan.merges) await this.aliases.recordMerge(tx, merge);
    await this.reviews.note(tx, found, result);
    return plan;
  }

  private count({ dropped }: Partition): void {
    const links = this.metrics.counter(
      'repartee_identity_links_dropped_total',
      'Links that were not followed when a part of the identity graph was worked out',
      ['kind', 'reason'],
    );
    for (const { kind, reason } of dropped) links.inc({ kind, reason });
  }

  private finish(
    told: Told[],
    rows: ReadonlyMap<string, HeldRow[]>,
    plan: (ProfilePlan & { owners: string[] }) | undefined,
    relied: Resolution['relied'],
  ): Resolution {
    const merges = plan?.merges ?? [];
    const survivors = new Map(merges.map(({ merged, survivor }) => [merged, survivor]));
    const ownerOf = (anchors: readonly string[], at: number) => {
      const id = findOwner(anchors, at, (key) => rows.get(key) ?? [])?.profileId ?? undefined;
      return id === undefined ? undefined : (survivors.get(id) ?? id);
    };
    const touched = new Set([
      ...(plan?.owners ?? []),
      ...(plan?.rows ?? []).flatMap(({ profileId }) => profileId ?? []),
    ]);
    for (const { merged } of merges) touched.delete(merged);
    return {
      owners: told.map(({ event, evidence }) => ownerOf(evidence.anchors, event.at)),
      merges,
      partings: plan?.partings ?? [],
      unsettled: plan?.unsettled ?? new Map(),
      holdings: holdingsOf(touched, rows),
      relied: relied.filter(({ profileId }) => !touched.has(profileId) && !survivors.has(profileId)),
      ownerOf,
    };
  }
}
