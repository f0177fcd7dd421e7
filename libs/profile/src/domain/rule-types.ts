import { Environment } from '@marcbachmann/cel-js';

/** What a rule may speak of: each word adds variables to `profile` and `now`. `event` alone sees nothing else. */
export type RuleScope = 'profile' | 'profile+event' | 'profile+context' | 'profile+context+offer' | 'event';

/** Type of a declared computed trait: `map` for a score of several parts. */
export type ComputedType = 'double' | 'int' | 'string' | 'bool' | 'dyn' | 'list' | 'map';

/** The declared computed traits, by key: what a rule may read of `profile.computed` beside what is always there. */
export type ComputedTypes = Readonly<Record<string, ComputedType>>;

/** Type of an attribute of an offer, as rules see it. */
export type AttributeCelType = 'double' | 'string' | 'bool' | 'google.protobuf.Timestamp' | 'Money';

/** The attributes of an offer that a rule may read, by name. */
export type AttributeTypes = Readonly<Record<string, AttributeCelType>>;

/** What rules may read of `profile`, by type. Made once for many rules; gives the environment of each scope. */
export type RuleTypes = (scope: RuleScope) => Environment;

export const LIMITS = { limits: { maxAstNodes: 2000, maxDepth: 50 } };

/** Beside `computed`, what a profile has is known at run time alone. */
const PROFILE_FIELDS = {
  id: 'dyn',
  known: 'dyn',
  traits: 'map',
  events: 'map',
  offers: 'map',
  consents: 'map',
  preferences: 'map',
  segments: 'list',
};

function declare(
  scope: RuleScope,
  computed?: ComputedTypes,
  fields: Partial<typeof PROFILE_FIELDS> = PROFILE_FIELDS,
): Environment {
  if (scope === 'event') return new Environment(LIMITS).registerVariable('event', 'map');
  const environment = new Environment(LIMITS);
  if (computed) {
    environment.registerType('Computed', { fields: { ...computed } }).registerType('Profile', {
      fields: { ...fields, computed: 'Computed' },
    });
  }
  environment
    .registerVariable('profile', computed ? 'Profile' : 'map')
    .registerVariable('now', 'google.protobuf.Timestamp');
  if (scope === 'profile+event') environment.registerVariable('event', 'map');
  if (scope.startsWith('profile+context')) environment.registerVariable('context', 'map');
  if (scope === 'profile+context+offer') environment.registerVariable('offer', 'map');
  return environment;
}

/** What rules may read where nothing is known of types: it shows when they are asked. */
export const environments: Readonly<Record<RuleScope, Environment>> = {
  profile: declare('profile'),
  'profile+event': declare('profile+event'),
  'profile+context': declare('profile+context'),
  'profile+context+offer': declare('profile+context+offer'),
  event: declare('event'),
};

/** Types by which rules are checked when they are saved: `profile.computed` has these traits and no others. */
export function ruleTypes(computed: ComputedTypes): RuleTypes {
  return typesOf(computed, PROFILE_FIELDS);
}

/** The same for the rules of segments themselves: a profile's segments are what they make. */
export function segmentRuleTypes(computed: ComputedTypes): RuleTypes {
  const { segments: _made, ...fields } = PROFILE_FIELDS;
  return typesOf(computed, fields);
}

function typesOf(computed: ComputedTypes, fields: Partial<typeof PROFILE_FIELDS>): RuleTypes {
  const declared = new Map<RuleScope, Environment>();
  return (scope) => {
    const environment = declared.get(scope) ?? declare(scope, computed, fields);
    declared.set(scope, environment);
    return environment;
  };
}

/** The same types, and an `offer` that has these attributes and no others. For rules of the scope `profile+context+offer`. */
export function withAttributes(types: RuleTypes | undefined, attributes: AttributeTypes): RuleTypes {
  const environment = (types?.('profile+context') ?? environments['profile+context'])
    .clone()
    .registerType('Money', { fields: { amount: 'double', currency: 'string' } })
    .registerType('Attributes', { fields: { ...attributes } })
    .registerType('Offer', { fields: { attributes: 'Attributes' } })
    .registerVariable('offer', 'Offer');
  return () => environment;
}
