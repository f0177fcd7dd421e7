import { compileRule, type RuleTypes } from '@repartee/profile/domain';
import type { Issue } from './issue.js';
import type { SharedRule } from './snapshot.js';

/**
 * Words that make a verdict depend on more than the profile. A word inside a string or a field name counts too:
 * that costs a little caching and is never wrong.
 */
const MORE_THAN_THE_PROFILE = /\b(?:now|context)\b/;

/** Compiles rules, each text once. */
export class RuleBook {
  readonly rules: SharedRule[] = [];
  readonly issues: Issue[] = [];
  private readonly known = new Map<string, number>();

  constructor(private readonly types?: RuleTypes) {}

  /** The rule's index, or −1 with an issue noted at `pointer`. */
  indexOf(source: string, pointer: string): number {
    const known = this.known.get(source);
    if (known !== undefined) return known;
    const compiled = compileRule(source, 'profile+context', this.types);
    if (!compiled.ok) {
      const { message, start } = compiled.failure;
      this.issues.push({ pointer, message, offset: start });
      return -1;
    }
    const profileOnly = !MORE_THAN_THE_PROFILE.test(source);
    const index = this.rules.push({ rule: compiled.value, profileOnly, verdicts: [] }) - 1;
    this.known.set(source, index);
    return index;
  }
}
