/** The values a rule is evaluated over. All plain objects; dates are `Date`. */
export interface RuleVariables {
  profile?: object;
  now?: Date;
  event?: object;
  context?: object;
  /** The offer the rule is asked for. */
  offer?: object;
}
