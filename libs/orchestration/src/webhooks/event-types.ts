/** What `POST /v1/webhooks/{id}/test` sends. */
export const TEST_TYPE = 'webhook.test';

/** Names between dots; a last `*` stands for all that follows. */
export const PATTERN = /^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$/;

/** Whether a fact is among those an endpoint wants, in SQL. @param type an expression */
export function wantsSql(endpoint: string, type: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${endpoint}.types) AS p WHERE p = '*' OR p = ${type}
    OR (right(p, 2) = '.*' AND starts_with(${type}, left(p, -1))))`;
}
