import type { CatalogueEntries, Offer } from './catalogue-schema.js';
import type { DiversityPolicy } from './policy-schema.js';
import type { CompiledLimit } from './snapshot.js';

/** Finds the limits over the offers of one answer. */
export class Limits {
  private readonly topics: ReadonlyMap<string, string | undefined>;
  private readonly policies: readonly DiversityPolicy[];
  private readonly bundles: readonly Offer[];

  constructor(
    { groups, offers, policies }: CatalogueEntries,
    private readonly selected: (policy: DiversityPolicy) => ReadonlySet<string> | null,
  ) {
    this.topics = new Map(groups.map(({ key, issue }) => [key, issue]));
    this.policies = policies.filter((policy) => policy.type === 'diversity');
    this.bundles = offers.filter(({ bundle }) => bundle !== undefined);
  }

  /** Most catalogues limit nothing, and need not be looked through. */
  get none(): boolean {
    return this.policies.length === 0 && this.bundles.length === 0;
  }

  /** Those that an offer stands under. */
  of(offer: Offer): CompiledLimit[] {
    const issue = offer.group === undefined ? undefined : this.topics.get(offer.group);
    const own: CompiledLimit[] = [];
    for (const policy of this.policies) {
      const of = this.selected(policy);
      const each = policy.each === 'group' ? offer.group : policy.each === 'issue' ? issue : '';
      if ((of !== null && !of.has(offer.key)) || each === undefined) continue;
      own.push({ key: policy.key, bucket: `${policy.key}/${each}`, atMost: policy.atMost, per: policy.per });
    }
    return [...own, ...this.bundles.flatMap((bundle) => bundling(bundle, offer))];
  }
}

/** A bundle and what it holds are not shown beside each other; two that it holds may be. */
function bundling({ key, bundle = [] }: Offer, offer: Offer): CompiledLimit[] {
  const pairs = offer.key === key ? bundle : bundle.includes(offer.key) ? [offer.key] : [];
  return pairs.map((held) => ({
    key,
    bucket: `${key}#${held}`,
    atMost: 1,
    per: 'decision' as const,
  }));
}
