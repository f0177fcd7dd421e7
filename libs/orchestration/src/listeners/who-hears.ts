import { type HeardEvent, isFactPattern, namesFact } from '@repartee/contracts';
import type { EventListener } from '@repartee/delivery';
import type { Standing } from '@repartee/governance/domain';
import { mayProfile } from '@repartee/governance/domain';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import type { GoldenRecord } from '@repartee/profile/domain';

/** Whether a connector wants to hear a fact of the hub. */
export function hearsFact({ subscribes }: EventListener, fact: string): boolean {
  return namesFact(
    subscribes.filter((one) => one !== '*' && isFactPattern(one)),
    fact,
  );
}

/**
 * Whether a connector wants a tracking event, and its sender lets it have it: `integrations` of an event shut out all
 * (`{"All": false}`) or one by name (segment.com/docs/connections/spec/common).
 */
export function hearsTracking({ connector, subscribes }: EventListener, event: LoggedEvent): boolean {
  const { type, name, payload } = event;
  const called = type === 'track' ? name : type;
  if (!subscribes.some((one) => one === '*' || (one === called && !isFactPattern(one)))) return false;
  const { All: all = true, [connector]: own = all } = (payload['integrations'] ?? {}) as Record<
    string,
    unknown
  >;
  return own !== false;
}

/** Whether a person lets their events be used for all of these purposes: silence is no consent. */
export function isGranted(
  { consents }: Pick<GoldenRecord, 'consents'>,
  purposes: readonly string[],
): boolean {
  return purposes.every((purpose) => consents[`data:${purpose}`]?.status === 'granted');
}

/** The same, with what the person asked for beside consents: to have processing restricted, or no profiling. */
export function mayHear(
  record: Pick<GoldenRecord, 'consents'>,
  standing: Standing,
  purposes: readonly string[],
): boolean {
  return mayProfile(standing) && isGranted(record, purposes);
}

/** Members of a tracking event that go out; what else is known of it is ours. */
const TOLD = [
  ...['type', 'messageId', 'anonymousId', 'userId', 'previousId', 'groupId', 'event', 'name', 'category'],
  ...['properties', 'traits', 'context', 'timestamp'],
];

/** A tracking event as a connector hears it. @param without takes out what must not leave */
export function heardFrom(
  event: LoggedEvent,
  subjectId: string,
  without: (payload: Record<string, unknown>) => unknown,
): HeardEvent {
  const told = TOLD.flatMap((member) => {
    const value = event.payload[member];
    return value === undefined || value === null ? [] : [[member, value] as const];
  });
  const payload = without(Object.fromEntries(told)) as Record<string, unknown>;
  return {
    ...{ kind: 'tracking', id: event.id, subjectId, at: new Date(event.occurredAt).toISOString() },
    event: { ...payload, type: event.type },
  } as HeardEvent;
}
