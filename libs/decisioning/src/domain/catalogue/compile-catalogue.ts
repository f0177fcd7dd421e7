import { fail, ok, type CompiledContent, type Result } from '@repartee/contracts';
import type { RuleTypes } from '@repartee/profile/domain';
import {
  CATALOGUE_LISTS,
  type CatalogueEntries,
  type CatalogueEntry,
  catalogueKinds,
  type Treatment,
} from './catalogue-schema.js';
import { AttributeBook } from './attributes/index.js';
import { compilePolicies } from './compile-policies.js';
import { compileQuiet } from './compile-quiet.js';
import { OfferCompiler } from './compile-offer.js';
import { TimeZones } from './time-zones.js';
import { NumberLists } from './number-lists.js';
import { pointerTo, type Issue } from './issue.js';
import { RuleBook } from './rule-book.js';
import type {
  CatalogueSnapshot,
  CompiledOffer,
  CompiledTreatment,
  CompiledZone,
  ZoneCandidate,
} from './snapshot.js';

/** Content as its connectors compiled it, by the key of the treatment or zone. */
export interface CompiledContents {
  treatments: ReadonlyMap<string, CompiledContent>;
  fallbacks: ReadonlyMap<string, CompiledContent>;
}

export interface CompileOptions {
  compiledContent: CompiledContents;
  revision?: number;
  /** From when on it holds, milliseconds; unless given, from the beginning. */
  from?: number;
  /** Where an entry stands in the document that is being applied; by default in the catalogue itself. */
  pointerOf?: (entry: CatalogueEntry) => string | undefined;
  /** What rules may read; without it, that shows when they are evaluated. */
  ruleTypes?: RuleTypes;
  /** Whether an entry is being written now; by default all are. */
  isNamed?: (entry: CatalogueEntry) => boolean;
}

export type PointerOf = (entry: CatalogueEntry) => string;

/** Checks a whole catalogue and makes it ready for decisions; or says everything that is wrong with it. */
export function compileCatalogue(
  documents: CatalogueEntries,
  options: CompileOptions,
): Result<CatalogueSnapshot, Issue[]> {
  const pointers = pointersOf(documents);
  const pointerOf: PointerOf = (entry) => options.pointerOf?.(entry) ?? pointers.get(entry) ?? '#';
  const book = new RuleBook(options.ruleTypes);
  const issues = [...duplicates(documents, pointerOf), ...references(documents, pointerOf)];

  const policies = compilePolicies(documents, book, pointerOf, issues);
  const attributes = new AttributeBook(documents, {
    pointerOf,
    isNamed: options.isNamed ?? (() => true),
    problems: issues,
  });
  const compiler = new OfferCompiler(documents, {
    book,
    attributes,
    caps: policies.caps,
    limits: policies.limits,
    pointerOf,
    problems: issues,
  });
  const inKeyOrder = [...documents.offers].sort((a, b) => (a.key < b.key ? -1 : 1));
  const indexes = new Map(inKeyOrder.map((offer, index) => [offer, index]));
  const offers = documents.offers
    .map((offer) => compiler.compile(offer, indexes.get(offer) ?? 0))
    .sort((a, b) => a.index - b.index);
  attributes.close();
  const offersByKey = new Map(offers.map((offer) => [offer.key, offer]));
  issues.push(...book.issues, ...missingContent(documents, options.compiledContent, pointerOf));
  if (issues.length > 0) return fail(issues);

  const treatments = compileTreatments(documents.treatments, options.compiledContent);
  const candidates = candidatesByZone(documents.treatments, shownOf(documents, offersByKey), treatments);
  const zones = new Map<string, CompiledZone>();
  for (const { key, channel } of documents.zones) {
    const fallback = options.compiledContent.fallbacks.get(key) ?? null;
    const overrides = policies.overrides.get(key) ?? [];
    zones.set(key, { key, channel, fallback, overrides, candidates: candidates.get(key) ?? [] });
  }
  return ok({
    revision: options.revision ?? 0,
    from: options.from ?? -Infinity,
    offers,
    offersByKey,
    ...ruleListsOf(offers),
    zones,
    treatments,
    rules: book.rules,
    timeZones: new TimeZones(),
    limited: policies.limits.size > 0,
    asksCapacity: book.asksCapacity,
    controls: policies.controls,
    impact: policies.impact,
    contactPolicies: policies.contactPolicies,
    quiet: compileQuiet(documents.policies),
    standings: new WeakMap(),
  });
}

function ruleListsOf(
  offers: readonly CompiledOffer[],
): Pick<CatalogueSnapshot, 'asked' | 'weighed' | 'weights'> {
  const numbersOf = (rules: readonly { rule: number }[]) => rules.map(({ rule }) => rule);
  return {
    asked: new NumberLists(offers.map(({ engagement }) => numbersOf(engagement))),
    weighed: new NumberLists(offers.map(({ contextWeights }) => numbersOf(contextWeights))),
    weights: Float64Array.from(
      offers.flatMap(({ contextWeights }) => contextWeights.map(({ weight }) => weight)),
    ),
  };
}

function pointersOf(documents: CatalogueEntries): ReadonlyMap<object, string> {
  const pointers = new Map<object, string>();
  for (const list of Object.values(CATALOGUE_LISTS))
    documents[list].forEach((entry, index) => pointers.set(entry, pointerTo(list, index)));
  return pointers;
}

/** Drafts and what was retired stay known, for links and receipts, and are not shown. */
function shownOf(
  { offers }: CatalogueEntries,
  compiled: ReadonlyMap<string, CompiledOffer>,
): ReadonlyMap<string, CompiledOffer> {
  const hidden = offers.filter(({ status = 'published' }) => status !== 'published');
  if (hidden.length === 0) return compiled;
  const keys = new Set(hidden.map(({ key }) => key));
  return new Map([...compiled].filter(([key]) => !keys.has(key)));
}

function duplicates(documents: CatalogueEntries, pointerOf: PointerOf): Issue[] {
  const issues: Issue[] = [];
  for (const kind of catalogueKinds) {
    const seen = new Set<string>();
    for (const entry of documents[CATALOGUE_LISTS[kind]]) {
      if (seen.has(entry.key)) {
        issues.push({ pointer: `${pointerOf(entry)}/key`, message: `the key ${entry.key} is there twice` });
      }
      seen.add(entry.key);
    }
  }
  return issues;
}

/** Treatments must name offers and zones that exist, on their own channel; groups an issue that exists. */
function references(documents: CatalogueEntries, pointerOf: PointerOf): Issue[] {
  const topics = new Set(documents.issues.map((issue) => issue.key));
  const issues: Issue[] = documents.groups
    .filter(({ issue }) => issue !== undefined && !topics.has(issue))
    .map((group) => ({ pointer: `${pointerOf(group)}/issue`, message: `there is no issue ${group.issue}` }));
  const offers = new Set(documents.offers.map((offer) => offer.key));
  const channels = new Map(documents.zones.map((zone) => [zone.key, zone.channel]));
  for (const treatment of documents.treatments) {
    const at = pointerOf(treatment);
    if (!offers.has(treatment.offer)) {
      issues.push({ pointer: `${at}/offer`, message: `there is no offer ${treatment.offer}` });
    }
    treatment.zones.forEach((zone, index) => {
      const pointer = `${at}/zones/${index}`;
      const channel = channels.get(zone);
      if (channel === undefined) {
        issues.push({ pointer, message: `there is no zone ${zone}` });
      } else if (channel !== treatment.channel) {
        const message = `the zone ${zone} belongs to channel ${channel}, the treatment to ${treatment.channel}`;
        issues.push({ pointer, message });
      }
    });
  }
  return issues;
}

function missingContent(
  documents: CatalogueEntries,
  compiled: CompiledContents,
  pointerOf: PointerOf,
): Issue[] {
  const issues: Issue[] = [];
  const message = 'the content was not compiled';
  for (const treatment of documents.treatments) {
    if (compiled.treatments.has(treatment.key)) continue;
    issues.push({ pointer: `${pointerOf(treatment)}/content`, message });
  }
  for (const zone of documents.zones) {
    if (zone.fallback === undefined || compiled.fallbacks.has(zone.key)) continue;
    issues.push({ pointer: `${pointerOf(zone)}/fallback`, message });
  }
  return issues;
}

function compileTreatments(
  treatments: readonly Treatment[],
  compiled: CompiledContents,
): Map<string, CompiledTreatment> {
  const byKey = new Map<string, CompiledTreatment>();
  for (const { key, offer, channel } of treatments) {
    const content = compiled.treatments.get(key);
    if (content) byKey.set(key, { key, offer, channel, content });
  }
  return byKey;
}

/** Of several treatments of one offer in one zone the first by key is taken. */
function candidatesByZone(
  treatments: readonly Treatment[],
  offers: ReadonlyMap<string, CompiledOffer>,
  compiled: ReadonlyMap<string, CompiledTreatment>,
): Map<string, ZoneCandidate[]> {
  const zones = new Map<string, Map<string, ZoneCandidate>>();
  const sorted = [...treatments].sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { key, offer: offerKey, zones: keys } of sorted) {
    const offer = offers.get(offerKey);
    const treatment = compiled.get(key);
    if (!offer || !treatment) continue;
    for (const zone of keys) {
      const inZone = zones.get(zone) ?? new Map<string, ZoneCandidate>();
      if (!inZone.has(offerKey)) inZone.set(offerKey, { offer, treatment });
      zones.set(zone, inZone);
    }
  }
  const byIndex = (a: ZoneCandidate, b: ZoneCandidate) => a.offer.index - b.offer.index;
  return new Map([...zones].map(([zone, found]) => [zone, [...found.values()].sort(byIndex)]));
}
