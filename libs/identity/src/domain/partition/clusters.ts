import { type NamespacePolicies, policyOf } from '../namespace-policy.js';
import { identifierOf, isClaim, partsOfClaim } from './node.js';

/** Why two clusters were not joined. */
export type DropReason = 'verdict' | 'limit' | 'weak' | 'shared' | 'size' | 'bridge' | 'unproved';

interface Cluster {
  members: string[];
  /** Namespace → the values its people have. */
  values: Map<string, Set<string>>;
  known: boolean;
  /** Nodes that a person said are somebody else. */
  apart: Set<string>;
}

/** How much two nodes may be joined for. */
export interface JoinRules {
  /** A person's own word may go beyond the limits. */
  limits: boolean;
  /** A weak link joins no two clusters that are both known by a strong identifier. */
  weak: boolean;
}

/** Disjoint sets of nodes that are joined only where no rule is against it. */
export class ConstrainedClusters {
  private readonly clusterOf = new Map<string, Cluster>();

  constructor(private readonly policies: NamespacePolicies) {}

  has(node: string): boolean {
    return this.clusterOf.has(node);
  }

  add(node: string): void {
    if (this.clusterOf.has(node)) return;
    const { namespace, value } = countedAs(node);
    const known = !isClaim(node) && policyOf(namespace, this.policies).strong;
    this.clusterOf.set(node, {
      members: [node],
      values: new Map([[namespace, new Set([value])]]),
      known,
      apart: new Set(),
    });
  }

  members(node: string): readonly string[] {
    return this.clusterOf.get(node)?.members ?? [node];
  }

  together(a: string, b: string): boolean {
    const held = this.clusterOf.get(a);
    return held !== undefined && held === this.clusterOf.get(b);
  }

  /** Every cluster once. */
  all(): string[][] {
    return [...new Set(this.clusterOf.values())].map((cluster) => cluster.members);
  }

  /** No later join brings these two together. */
  keepApart(a: string, b: string): void {
    if (!this.has(a) || !this.has(b) || this.together(a, b)) return;
    this.clusterOf.get(a)?.apart.add(b);
    this.clusterOf.get(b)?.apart.add(a);
  }

  /** Joins the clusters of two nodes. @returns why not, where a rule is against it */
  join(a: string, b: string, rules: JoinRules): DropReason | undefined {
    const [one, other] = [this.clusterOf.get(a), this.clusterOf.get(b)];
    if (!one || !other || one === other) return undefined;
    if (this.areApart(one, other)) return 'verdict';
    if (rules.weak && one.known && other.known) return 'weak';
    if (rules.limits && this.overLimit(one, other)) return 'limit';
    this.unite(one, other);
    return undefined;
  }

  /** Lets a cluster have one more value. @returns false where that is more than its limit */
  hold(node: string, key: string): boolean {
    const cluster = this.clusterOf.get(node);
    if (!cluster) return false;
    const { namespace, value } = identifierOf(key);
    const held = cluster.values.get(namespace) ?? new Set();
    if (!held.has(value) && held.size >= policyOf(namespace, this.policies).limit) return false;
    cluster.values.set(namespace, held.add(value));
    return true;
  }

  private areApart(one: Cluster, other: Cluster): boolean {
    for (const node of one.apart) if (this.clusterOf.get(node) === other) return true;
    return false;
  }

  private overLimit(one: Cluster, other: Cluster): boolean {
    for (const [namespace, values] of other.values) {
      const held = one.values.get(namespace);
      if (!held) continue;
      let sum = held.size;
      for (const value of values) if (!held.has(value)) sum += 1;
      // What came together by a person's word may already be more than the limit.
      if (sum > Math.max(policyOf(namespace, this.policies).limit, held.size, values.size)) return true;
    }
    return false;
  }

  private unite(one: Cluster, other: Cluster): void {
    const [large, small] = one.members.length >= other.members.length ? [one, other] : [other, one];
    for (const node of small.members) {
      large.members.push(node);
      this.clusterOf.set(node, large);
    }
    for (const [namespace, values] of small.values) {
      const held = large.values.get(namespace) ?? new Set();
      for (const value of values) held.add(value);
      large.values.set(namespace, held);
    }
    for (const node of small.apart) large.apart.add(node);
    large.known ||= small.known;
  }
}

/** Whoever claims to be a person counts as that person's value. */
function countedAs(node: string): { namespace: string; value: string } {
  return identifierOf(isClaim(node) ? partsOfClaim(node).person : node);
}
