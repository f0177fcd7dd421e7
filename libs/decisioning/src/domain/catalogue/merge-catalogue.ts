import {
  CATALOGUE_LISTS,
  type CatalogueEntries,
  type CatalogueEntry,
  type CatalogueKind,
  catalogueKinds,
  type CatalogueList,
  type CatalogueSection,
} from './catalogue-schema.js';
import { pointerTo } from './issue.js';
import { sameJson } from './same-json.js';

/** One entry, by kind and key. */
export interface EntryRef {
  kind: CatalogueKind;
  key: string;
}

/** What a document changes. */
export interface CataloguePlan {
  created: EntryRef[];
  updated: EntryRef[];
  unchanged: EntryRef[];
  removed: EntryRef[];
}

/**
 * The catalogue as it would be after the document: what it names replaces, what it does not name stays unless it prunes.
 * What is named as removed goes, too. Also says where each entry stands in the document.
 */
export function mergeCatalogue(
  stored: CatalogueEntries,
  section: CatalogueSection,
  removed: readonly EntryRef[] = [],
) {
  const pointers = new Map<CatalogueEntry, string>();
  const written = new Set<CatalogueEntry>();
  const merge = <T extends CatalogueEntry>(
    list: CatalogueList,
    kept: readonly T[],
    named: readonly T[],
  ): T[] => {
    for (const entry of kept) pointers.set(entry, pointerTo(list, entry.key));
    named.forEach((entry, index) => {
      pointers.set(entry, pointerTo(list, index));
      written.add(entry);
    });
    if (section.prune) return [...named];
    const gone = removed.filter(({ kind }) => CATALOGUE_LISTS[kind] === list);
    const keys = new Set([...named, ...gone].map(({ key }) => key));
    return [...kept.filter((entry) => !keys.has(entry.key)), ...named];
  };
  const entries: CatalogueEntries = {
    zones: merge('zones', stored.zones, section.zones),
    issues: merge('issues', stored.issues, section.issues),
    groups: merge('groups', stored.groups, section.groups),
    offers: merge('offers', stored.offers, section.offers),
    policies: merge('policies', stored.policies, section.policies),
    treatments: merge('treatments', stored.treatments, section.treatments),
  };
  return {
    entries,
    /** An entry that is not in the document but was stored before has its key where others have their number. */
    pointerOf: (entry: CatalogueEntry): string => pointers.get(entry) ?? '#',
    /** Whether the document names it. */
    isNamed: (entry: CatalogueEntry): boolean => written.has(entry),
  };
}

/** Compares a document with what is stored. */
export function planCatalogue(
  stored: CatalogueEntries,
  section: CatalogueSection,
  removed: readonly EntryRef[] = [],
): CataloguePlan {
  const plan: CataloguePlan = { created: [], updated: [], unchanged: [], removed: [] };
  for (const kind of catalogueKinds) {
    const list = CATALOGUE_LISTS[kind];
    const before = new Map<string, CatalogueEntry>(stored[list].map((entry) => [entry.key, entry]));
    for (const entry of section[list]) {
      const old = before.get(entry.key);
      before.delete(entry.key);
      const change = !old ? plan.created : sameJson(old, entry) ? plan.unchanged : plan.updated;
      change.push({ kind, key: entry.key });
    }
    for (const one of removed) if (one.kind === kind && before.has(one.key)) plan.removed.push(one);
    if (section.prune) for (const key of before.keys()) plan.removed.push({ kind, key });
  }
  return plan;
}
