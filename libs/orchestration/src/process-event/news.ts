import type { LoggedEvent } from '@repartee/ingestion/domain';

/** Milliseconds after which an event is history, as in an import. */
const HISTORY = 86_400_000;

/** Whether an event is worth telling of: not one that was held back for long, nor one of the past. @param now milliseconds since the epoch */
export function isNews({ late, occurredAt }: Pick<LoggedEvent, 'late' | 'occurredAt'>, now: number): boolean {
  return late !== true && occurredAt >= now - HISTORY;
}
