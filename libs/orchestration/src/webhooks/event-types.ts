/** What can be heard, for people; deliveries, responses and tasks have one type for each state. */
export const EVENT_TYPES = [
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
  'profile.merged',
  'profile.split',
  'task.created',
  'task.claimed',
  'task.changed',
  'task.done',
  'task.cancelled',
  'call.concluded',
] as const;

/** What `POST /v1/webhooks/{id}/test` sends. */
export const TEST_TYPE = 'webhook.test';

/** Names between dots; a last `*` stands for all that follows. */
export const PATTERN = /^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$/;

/** Whether a type is among those an endpoint wants. */
export function wants(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );
}

/** {@link wants} in SQL. @param type an expression */
export function wantsSql(endpoint: string, type: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${endpoint}.types) AS p WHERE p = '*' OR p = ${type}
    OR (right(p, 2) = '.*' AND starts_with(${type}, left(p, -1))))`;
}

/** Whether a pattern matches anything there is. */
export function isHeard(pattern: string): boolean {
  return EVENT_TYPES.some((type) => wants([pattern], type));
}
