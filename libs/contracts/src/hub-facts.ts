/** What happens here and can be heard outside, by name; deliveries, responses and tasks have one name for each state. */
export const hubFacts = [
  'decision.made',
  'delivery.planned',
  'delivery.accepted',
  'delivery.rejected',
  'delivery.unknown',
  'delivery.expired',
  'delivery.cancelled',
  'delivery.sent',
  'delivery.delivered',
  'delivery.failed',
  'delivery.bounced',
  'delivery.complained',
  'response.impression',
  'response.click',
  'response.accept',
  'response.reject',
  'response.dismiss',
  'response.later',
  'response.not_presented',
  'response.convert',
  'response.ignore',
  'segment.entered',
  'segment.left',
  'profile.merged',
  'profile.split',
  'task.created',
  'task.claimed',
  'task.changed',
  'task.done',
  'task.cancelled',
  'call.concluded',
] as const;
export type HubFact = (typeof hubFacts)[number];

/** Whether a fact is among those that patterns name: names, beginnings with `.*`, and `*` for all. */
export function namesFact(patterns: readonly string[], fact: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === fact ||
      (pattern.endsWith('.*') && fact.startsWith(pattern.slice(0, -1))),
  );
}

/** Whether a pattern names any fact there is. */
export function isFactPattern(pattern: string): boolean {
  return hubFacts.some((fact) => namesFact([pattern], fact));
}
