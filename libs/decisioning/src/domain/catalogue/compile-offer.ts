import { parseDuration } from '@repartee/contracts';
import { fnv32a } from '@repartee/experiments/domain';
import type { AttributeTypes } from '@repartee/profile/domain';
import { type AttributeBook, type AttributeValues, attributeVariables } from './attributes/index.js';
import type {
  BusinessIssue,
  CatalogueEntries,
  CatalogueEntry,
  Offer,
  OfferGroup,
} from './catalogue-schema.js';
import { compileNegotiation } from '../negotiation/compile-negotiation.js';
import type { Issue } from './issue.js';
import { compileOfferItems } from './items/index.js';
import type { OfferRule, RuleBook } from './rule-book.js';
import {
  engagementLevels,
  engagementQuestions,
  type CompiledCap,
  type CompiledLimit,
  type CompiledOffer,
  type EngagementRule,
  type OfferFacts,
  type OfferTiming,
  type RejectedOffer,
} from './snapshot.js';

type Level = Pick<BusinessIssue, 'eligibility' | 'applicability' | 'suitability'>;
type RulesOfLevel = Record<string, number | OfferRule>;

interface Attributes {
  values: AttributeValues;
  types: AttributeTypes;
  variables: Readonly<Record<string, unknown>>;
}

const NONE: readonly RejectedOffer[] = [];
const NO_CAPS: readonly CompiledCap[] = [];
const NO_LIMITS: readonly CompiledLimit[] = [];
const NO_KEYS: readonly string[] = [];

/** What offers are made ready with. */
export interface OfferCompilation {
  book: RuleBook;
  attributes: AttributeBook;
  caps: ReadonlyMap<string, readonly CompiledCap[]>;
  limits: ReadonlyMap<string, readonly CompiledLimit[]>;
  pointerOf: (entry: CatalogueEntry) => string;
  /** Where what is wrong is noted. */
  problems: Issue[];
}

/** Makes offers ready for decisions, with what they inherit from their group and its issue. */
export class OfferCompiler {
  private readonly groups: ReadonlyMap<string, OfferGroup>;
  private readonly offers: ReadonlyMap<string, Offer>;
  private readonly topics: ReadonlyMap<string, BusinessIssue>;
  /** By offer, the others whose rejection speaks of it. */
  private readonly rejections = new Map<string, RejectedOffer[]>();
  private readonly saying = new Map<Offer, Attributes>();
  /** Rules of issues and groups are looked up once, however many offers stand under them. */
  private readonly compiled = new Map<Level, RulesOfLevel>();

  constructor(
    documents: CatalogueEntries,
    private readonly parts: OfferCompilation,
  ) {
    const { pointerOf } = parts;
    const { groups, issues } = documents;
    this.groups = new Map(groups.map((group) => [group.key, group]));
    this.offers = new Map(documents.offers.map((offer) => [offer.key, offer]));
    this.topics = new Map(issues.map((issue) => [issue.key, issue]));
    for (const offer of documents.offers) this.noteRelated(offer);
    for (const entry of issues)
      this.rulesOf(entry, pointerOf(entry), parts.attributes.typesOf({ issue: entry.key }));
    for (const entry of groups)
      this.rulesOf(entry, pointerOf(entry), parts.attributes.typesOf({ group: entry.key }));
  }

  /** @param index its place in key order */
  compile(offer: Offer, index: number): CompiledOffer {
    const at = this.parts.pointerOf(offer);
    const validFrom = offer.validFrom === undefined ? -Infinity : millisOf(offer.validFrom);
    const validUntil = offer.validUntil === undefined ? Infinity : millisOf(offer.validUntil);
    this.check(offer, at, { validFrom, validUntil });
    const group = offer.group === undefined ? undefined : this.groups.get(offer.group);
    const topic = group?.issue === undefined ? undefined : this.topics.get(group.issue);
    const percent = offer.lever + (group?.lever ?? 0) + (topic?.lever ?? 0);
    const lever = Math.max(0, 1 + percent / 100);
    const attributes = this.attributesOf(offer);
    const { values } = attributes;
    return {
      index,
      key: offer.key,
      tie: fnv32a(offer.key),
      name: offer.name,
      group: offer.group ?? null,
      issue: topic?.key ?? null,
      value: offer.value,
      currency: offer.currency ?? null,
      url: offer.url ?? null,
      lever,
      validFrom,
      validUntil,
      timing: timingOf(offer),
      countdown: offer.limited !== undefined,
      engagement: [...this.engagement(offer, [topic, group], at), ...this.bundled(offer, at)],
      contextWeights: offer.contextWeights.map(({ when, weight }, position) => ({
        rule: this.parts.book.bind(
          this.parts.book.compile(when, `${at}/contextWeights/${position}/when`, attributes.types),
          attributes.variables,
        ),
        weight,
      })),
      verifiedOnly: offer.requires === 'verified',
      repeatable: offer.repeatable,
      tags: offer.tags ?? [],
      caps: this.parts.caps.get(offer.key) ?? NO_CAPS,
      limits: this.parts.limits.get(offer.key) ?? NO_LIMITS,
      replacement: offer.replacement ?? null,
      bundle: offer.bundle ?? NO_KEYS,
      afterReject: afterRejectOf(offer),
      rejectedWith: this.rejections.get(offer.key) ?? NONE,
      afterLater: offer.afterLater
        ? { factor: offer.afterLater.factor, halfLife: parseDuration(offer.afterLater.halfLife) || 1 }
        : null,
      negotiation: compileNegotiation(offer),
      prior: offer.prior,
      items: compileOfferItems(offer, this.parts.book, at),
      facts: factsOf(offer, values),
    };
  }

  /** Notes what does not go together. */
  private check(
    offer: Offer,
    at: string,
    { validFrom, validUntil }: Pick<CompiledOffer, 'validFrom' | 'validUntil'>,
  ): void {
    if (offer.budget !== undefined && offer.cost === undefined) {
      this.parts.problems.push({ pointer: `${at}/budget`, message: 'needs a cost to be taken from it' });
    }
    if (offer.replacement !== undefined && !this.offers.has(offer.replacement)) {
      const message = `there is no offer ${offer.replacement}`;
      this.parts.problems.push({ pointer: `${at}/replacement`, message });
    }
    if (offer.negotiation !== undefined && offer.currency === undefined) {
      this.parts.problems.push({
        pointer: `${at}/negotiation`,
        message: 'needs the offer to have a currency',
      });
    }
    if (validFrom >= validUntil) {
      this.parts.problems.push({ pointer: `${at}/validUntil`, message: 'must be later than validFrom' });
    }
  }

  /** What an offer says by its schema: as written, as rules see it, and the types they are checked by. */
  private attributesOf(offer: Offer): Attributes {
    const held = this.saying.get(offer);
    if (held) return held;
    const types = this.parts.attributes.typesOf({ group: offer.group });
    const values = this.parts.attributes.valuesOf(offer);
    const saying = { values, types, variables: attributeVariables(values, types) };
    this.saying.set(offer, saying);
    return saying;
  }

  private noteRelated(offer: Offer): void {
    const lasts = afterRejectOf(offer);
    if (lasts === null) return;
    for (const key of offer.related ?? [])
      this.rejections.set(key, [...(this.rejections.get(key) ?? []), { key: offer.key, lasts }]);
  }

  private engagement(offer: Offer, levels: readonly (Level | undefined)[], at: string): EngagementRule[] {
    const above = levels.map((level) => level && this.compiled.get(level));
    const { types, variables } = this.attributesOf(offer);
    const all = [...above, this.rulesOf(offer, at, types)];
    return engagementQuestions.flatMap((question) =>
      engagementLevels.flatMap((level, number) => {
        const rule = all[number]?.[question];
        return rule === undefined ? [] : [{ rule: this.parts.book.bind(rule, variables), question, level }];
      }),
    );
  }

  /** What a bundle holds must be fit for the person, too. */
  private bundled({ bundle = [], key: own }: Offer, at: string): EngagementRule[] {
    return bundle.flatMap((key, index) => {
      const offer = this.offers.get(key);
      if (offer && offer.bundle === undefined && key !== own) {
        const { types, variables } = this.attributesOf(offer);
        const rules = this.rulesOf(offer, this.parts.pointerOf(offer), types);
        return engagementQuestions.flatMap((question) => {
          const rule = rules[question];
          return rule === undefined
            ? []
            : [{ rule: this.parts.book.bind(rule, variables), question, level: 'offer' as const }];
        });
      }
      const message = offer ? `${key} is a bundle itself` : `there is no offer ${key}`;
      this.parts.problems.push({ pointer: `${at}/bundle/${index}`, message });
      return [];
    });
  }

  private rulesOf(level: Level, at: string, attributes: AttributeTypes): RulesOfLevel {
    const rules: RulesOfLevel = {};
    for (const question of engagementQuestions) {
      const source = level[question];
      if (source !== undefined)
        rules[question] = this.parts.book.compile(source, `${at}/${question}`, attributes);
    }
    this.compiled.set(level, rules);
    return rules;
  }
}

function factsOf(offer: Offer, attributes: AttributeValues): OfferFacts {
  const { key, name, group = null, value, currency = null } = offer;
  return { key, name, group, value, currency, attributes };
}

function afterRejectOf({ afterReject = 'session' }: Offer): number | 'session' | null {
  if (afterReject === 'session') return 'session';
  return afterReject === 'nothing' ? null : (parseDuration(afterReject) ?? null);
}

/** A time without an offset is a time on somebody's clock. */
function isLocal(moment: string | undefined): boolean {
  return moment !== undefined && !/(?:Z|[+-]\d\d:\d\d)$/.test(moment);
}

function millisOf(moment: string): number {
  return Date.parse(isLocal(moment) ? `${moment}Z` : moment);
}

function timingOf({ validFrom, validUntil, limited }: Offer): OfferTiming | null {
  const [localFrom, localUntil] = [isLocal(validFrom), isLocal(validUntil)];
  const lasts = limited?.lasts === undefined ? null : (parseDuration(limited.lasts) ?? null);
  return localFrom || localUntil || lasts !== null ? { localFrom, localUntil, lasts } : null;
}
