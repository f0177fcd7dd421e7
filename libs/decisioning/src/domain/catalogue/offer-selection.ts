import type { CatalogueEntries, Offer } from './catalogue-schema.js';
import type { Issue } from './issue.js';
import type { OfferSelection } from './policy-schema.js';

/** Finds the offers that policies speak of. */
export class OfferSelector {
  private readonly topics: ReadonlyMap<string, string | undefined>;
  private readonly known: Record<keyof OfferSelection, ReadonlySet<string>>;

  constructor(
    private readonly documents: CatalogueEntries,
    private readonly problems: Issue[],
  ) {
    const { offers, groups, issues } = documents;
    this.topics = new Map(groups.map(({ key, issue }) => [key, issue]));
    this.known = {
      offers: new Set(offers.map(({ key }) => key)),
      groups: new Set([...groups.map(({ key }) => key), ...offers.flatMap(({ group }) => group ?? [])]),
      issues: new Set(issues.map(({ key }) => key)),
      tags: new Set(offers.flatMap(({ tags }) => tags ?? [])),
    };
  }

  /** Keys of the offers selected; null for all. Notes what the selection names and does not exist. */
  select(selection: OfferSelection | undefined, at: string): ReadonlySet<string> | null {
    if (selection === undefined) return null;
    for (const list of ['offers', 'groups', 'issues', 'tags'] as const) {
      selection[list]?.forEach((key, index) => {
        if (this.known[list].has(key)) return;
        const message = `there is no ${list.slice(0, -1)} ${key}`;
        this.problems.push({ pointer: `${at}/${list}/${index}`, message });
      });
    }
    const selected = this.documents.offers.filter((offer) => this.matches(offer, selection));
    return new Set(selected.map(({ key }) => key));
  }

  private matches({ key, group, tags }: Offer, selection: OfferSelection): boolean {
    const topic = group === undefined ? undefined : this.topics.get(group);
    return (
      (selection.offers?.includes(key) ?? false) ||
      (group !== undefined && (selection.groups?.includes(group) ?? false)) ||
      (topic !== undefined && (selection.issues?.includes(topic) ?? false)) ||
      (tags?.some((tag) => selection.tags?.includes(tag)) ?? false)
    );
  }
}
