import type { Result } from '@repartee/contracts';
import {
  type AttributeTypes,
  compileRule,
  compileTexts,
  FieldReaders,
  type Rule,
  type RuleError,
  type RuleTypes,
  type TextsExpression,
  withAttributes,
} from '@repartee/profile/domain';
import type { Issue } from './issue.js';
import type { SharedRule } from './snapshot.js';

/**
 * Words that make a verdict depend on more than the profile. A word inside a string or a field name counts too:
 * that costs a little caching and is never wrong.
 */
const MORE_THAN_THE_PROFILE = /\b(?:now|context)\b/;
const CAPACITY = /\bcontext\.capacity\b/;
const OF_THE_OFFER = /\boffer\b/;
const ATTRIBUTE = /\boffer\.attributes\.([A-Za-z_][A-Za-z0-9_]*)/g;

/** A rule that speaks of the offer it is asked for: one rule for all offers that answer alike. */
export interface OfferRule {
  readonly rule: Rule;
  /** The attributes it reads; null when that cannot be told from its text. */
  readonly reads: readonly string[] | null;
}

/** Compiles rules, each text once. */
export class RuleBook {
  readonly rules: SharedRule[] = [];
  readonly issues: Issue[] = [];
  private readonly known = new Map<string, number>();
  private readonly typed = new Map<string, RuleTypes>();
  /** By what they may read of offers, and their text; null: wrong, and noted. */
  private readonly ofOffers = new Map<string, OfferRule | null>();

  /** Shared: the rules of a book are asked in a row about one request. */
  private readonly fields = new FieldReaders();

  constructor(private readonly types?: RuleTypes) {}

  /** Some rule asks how many agents are free. */
  get asksCapacity(): boolean {
    return this.rules.some(({ rule }) => CAPACITY.test(rule.source));
  }

  /** The rule's index, or −1 with an issue noted at `pointer`. */
  indexOf(source: string, pointer: string): number {
    const known = this.known.get(source);
    if (known !== undefined) return known;
    const rule = this.noted(compileRule(source, 'profile+context', this.types, this.fields), pointer);
    return rule ? this.add(source, rule) : -1;
  }

  /**
   * A rule that may speak of the offer it is asked for.
   * @param attributes what it may read of offers
   * @returns its index; a rule to {@link bind} to each offer when it does speak of it; −1 with an issue noted at `pointer`
   */
  compile(source: string, pointer: string, attributes: AttributeTypes): number | OfferRule {
    if (!OF_THE_OFFER.test(source)) return this.indexOf(source, pointer);
    const key = `${JSON.stringify(attributes)} ${source}`;
    let held = this.ofOffers.get(key);
    if (held === undefined) {
      const rule = this.noted(
        compileRule(source, 'profile+context+offer', this.typesWith(attributes)),
        pointer,
      );
      held = rule ? { rule, reads: attributesIn(source) } : null;
      this.ofOffers.set(key, held);
    }
    return held ?? -1;
  }

  /**
   * The index of a rule as it is for an offer with these attributes. Offers that say the same share it, and its verdicts;
   * a decision asks it as any other rule.
   */
  bind(of: number | OfferRule, attributes: Readonly<Record<string, unknown>>): number {
    if (typeof of === 'number') return of;
    const { rule, reads } = of;
    const read = (reads ?? Object.keys(attributes)).filter((name) => Object.hasOwn(attributes, name));
    const offer = { attributes: Object.fromEntries(read.map((name) => [name, attributes[name]])) };
    const key = `${rule.source}\0${JSON.stringify(offer)}`;
    return (
      this.known.get(key) ??
      this.add(key, {
        source: rule.source,
        bound: { offer },
        evaluate: (variables) => rule.evaluate({ ...variables, offer }),
      })
    );
  }

  /** An expression that gives a text or a list of texts; null with an issue noted at `pointer`. */
  texts(source: string, pointer: string): TextsExpression | null {
    return this.noted(compileTexts(source, 'profile+context', this.types), pointer);
  }

  private typesWith(attributes: AttributeTypes): RuleTypes {
    const key = JSON.stringify(attributes);
    const types = this.typed.get(key) ?? withAttributes(this.types, attributes);
    this.typed.set(key, types);
    return types;
  }

  private noted<T>(compiled: Result<T, RuleError>, pointer: string): T | null {
    if (compiled.ok) return compiled.value;
    const { message, start } = compiled.failure;
    this.issues.push({ pointer, message, offset: start });
    return null;
  }

  private add(key: string, rule: Rule): number {
    const profileOnly = !MORE_THAN_THE_PROFILE.test(rule.source);
    const index = this.rules.push({ rule, profileOnly, verdicts: [] }) - 1;
    this.known.set(key, index);
    return index;
  }
}

/** The attributes a text names; null where it speaks of the offer in another way, too. */
function attributesIn(source: string): string[] | null {
  const found = [...source.matchAll(ATTRIBUTE)];
  const said = source.match(/\boffer\b/g)?.length ?? 0;
  return said === found.length ? [...new Set(found.map(([, name]) => name ?? ''))] : null;
}
