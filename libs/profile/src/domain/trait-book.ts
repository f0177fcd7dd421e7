import type { z } from 'zod';
import {
  type ComputedTrait,
  type ComputedTraitDocument,
  computedTraitSchema,
  rollingWindow,
} from './computed/computed-trait.js';
import { compileRule, compileScore } from './rule.js';
import type { ComputedTypes } from './rule-types.js';
import { compileSegment, type Segment, type SegmentDocument, segmentSchema } from './segment.js';
import { type TextSource, type TextSourceDocument, textSourceSchema } from './text/text-source.js';
import { defaultRank, type RankOf } from './traits/source-rank.js';
import {
  MOST_RECENT,
  type TraitPolicy,
  type TraitPolicyDocument,
  traitPolicySchema,
} from './traits/trait-policy.js';

/** Everything configured about golden records, compiled: how events become traits. Never changed once built. */
export interface TraitBook {
  /** Rises with every change; records remember up to which revision they are complete. */
  readonly revision: number;
  /** The latest revision that needs the past: a record of an older one is not complete. */
  readonly needed: number;
  readonly policies: ReadonlyMap<string, TraitPolicy>;
  readonly computed: readonly ComputedTrait[];
  /** Computed traits by the name of the event that they are computed from. */
  readonly byEvent: ReadonlyMap<string, readonly ComputedTrait[]>;
  /** Where events hold free text, by the name of the event. */
  readonly texts: ReadonlyMap<string, readonly TextSource[]>;
  /** By key. */
  readonly segments: readonly Segment[];
  readonly rankOf: RankOf;
}

/** Nothing is configured: the most recent value survives, and nothing is computed beside what always is. */
export const EMPTY_BOOK: TraitBook = Object.freeze({
  revision: 0,
  needed: 0,
  policies: new Map(),
  computed: [],
  byEvent: new Map(),
  texts: new Map(),
  segments: [],
  rankOf: defaultRank,
});

export const traitKinds = ['trait', 'computed', 'text', 'segment'] as const;
export type TraitKind = (typeof traitKinds)[number];
export type TraitDocument =
  TraitPolicyDocument | ComputedTraitDocument | TextSourceDocument | SegmentDocument;

/** What has to be made good for events of the past when it changes. */
const READ_THE_PAST: ReadonlySet<TraitKind> = new Set(['trait', 'computed']);

export function readsThePast(kind: TraitKind): boolean {
  return READ_THE_PAST.has(kind);
}

const schemas: Readonly<Record<TraitKind, z.ZodType<TraitDocument>>> = {
  trait: traitPolicySchema,
  computed: computedTraitSchema,
  text: textSourceSchema,
  segment: segmentSchema,
};

/** What `profile.computed` always has. */
export const BUILT_IN_TYPES: ComputedTypes = Object.freeze({
  orders_count: 'double',
  orders_total: 'double',
  orders_currency: 'dyn',
  orders_by_currency: 'map',
  last_order_at: 'dyn',
  cart_items: 'double',
  cart_value: 'double',
  cart_products: 'list',
  first_seen: 'dyn',
  last_seen: 'dyn',
});

/** What is wrong with a document; `pointer` is relative to it, `offset` a place in the text there. */
export interface TraitIssue {
  pointer: string;
  message: string;
  offset?: number;
}

/** Checks one document. */
export function checkTraitDocument(
  kind: TraitKind,
  document: unknown,
): { document?: TraitDocument; issues: TraitIssue[] } {
  const parsed = schemas[kind].safeParse(document);
  if (!parsed.success) {
    return {
      issues: parsed.error.issues.map(({ path, message }) => ({ pointer: path.join('/'), message })),
    };
  }
  const issues = compileIssues(kind, parsed.data);
  return issues.length > 0 ? { issues } : { document: parsed.data, issues };
}

function compileIssues(kind: TraitKind, document: TraitDocument): TraitIssue[] {
  // Rules of segments are checked by what there is to read once all is known.
  if (kind === 'text' || kind === 'segment') return [];
  if (kind === 'trait') {
    const { score } = document as TraitPolicyDocument;
    const compiled = score === undefined ? undefined : compileScore(score);
    return compiled && !compiled.ok ? [refusal('score', compiled.failure)] : [];
  }
  const { key, from } = document as ComputedTraitDocument;
  const compiled = from.where === undefined ? undefined : compileRule(from.where, 'event');
  return [
    ...(Object.hasOwn(BUILT_IN_TYPES, key) ? [{ pointer: 'key', message: 'is always computed' }] : []),
    ...(compiled && !compiled.ok ? [refusal('from/where', compiled.failure)] : []),
  ];
}

function refusal(pointer: string, { message, start }: { message: string; start: number }): TraitIssue {
  return { pointer, message, offset: start };
}

/** A definition as it is stored: checked, with the revision that brought it. */
export interface TraitDefinition {
  kind: TraitKind;
  key: string;
  document: TraitDocument;
  revision: number;
}

/** What the definitions of one kind say. */
export function documentsOf(definitions: readonly TraitDefinition[], wanted: TraitKind): TraitDocument[] {
  return definitions.flatMap(({ kind, document }) => (kind === wanted ? [document] : []));
}

/** Compiles definitions that were checked before. */
export function compileTraitBook(
  revision: number,
  definitions: readonly TraitDefinition[],
  rankOf: RankOf,
): TraitBook {
  const of = <D extends TraitDocument>(kind: TraitKind) =>
    definitions.filter((one) => one.kind === kind) as (TraitDefinition & { document: D })[];
  const computed = of<ComputedTraitDocument>('computed').map(compileComputed);
  const needing = definitions.filter((one) => readsThePast(one.kind)).map((one) => one.revision);
  return {
    revision,
    needed: Math.max(0, ...needing),
    policies: new Map(of<TraitPolicyDocument>('trait').map((one) => [one.key, compilePolicy(one)])),
    computed,
    byEvent: grouped(computed, (trait) => trait.from.event),
    texts: grouped(
      of<TextSourceDocument>('text').map(({ document }) => ({ ...document, path: document.path.split('.') })),
      (source) => source.event,
    ),
    segments: of<SegmentDocument>('segment').map(({ document, revision: since }) =>
      compileSegment(document, since),
    ),
    rankOf,
  };
}

function grouped<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function compilePolicy({
  document,
  revision,
}: {
  document: TraitPolicyDocument;
  revision: number;
}): TraitPolicy {
  const score = document.score === undefined ? undefined : compileScore(document.score);
  return { rule: document.survivorship, revision, ...(score?.ok && { score: score.value }) };
}

function compileComputed({
  document,
  revision,
}: {
  document: ComputedTraitDocument;
  revision: number;
}): ComputedTrait {
  const { window, of, ...rest } = document;
  const where = rest.from.where === undefined ? undefined : compileRule(rest.from.where, 'event');
  const rolling = rollingWindow(window);
  return {
    ...rest,
    path: of === undefined ? [] : of.split('.'),
    revision,
    ...(rolling && { window: rolling }),
    ...(where?.ok && { where: where.value }),
  };
}

export function policyOf(book: TraitBook, trait: string): TraitPolicy {
  return book.policies.get(trait) ?? MOST_RECENT;
}
