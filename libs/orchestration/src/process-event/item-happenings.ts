import { type Signal, signalsOf } from '@repartee/items/domain';
import {
  type GoldenRecord,
  type MetItems,
  metItems,
  orderFact,
  type RecordEvent,
} from '@repartee/profile/domain';

/** Items met in an event, with what the person remembered before it. */
export interface ItemHappening {
  event: RecordEvent;
  met: MetItems;
  memory: GoldenRecord['items'];
}

/** Undefined of an event that tells of no item. To be asked before the event enters the record. */
export function itemHappening(event: RecordEvent, record: () => GoldenRecord): ItemHappening | undefined {
  const met = metItems(event);
  return met && { event, met, memory: record().items };
}

/** What happened with items, to be counted. @param completed the events by which orders were first completed: each order counts once */
export function signalsIn(happenings: readonly ItemHappening[], completed: ReadonlySet<string>): Signal[] {
  return happenings.flatMap(({ event, met, memory }) => {
    const properties = (event.payload['properties'] ?? {}) as Record<string, unknown>;
    const named = met.encounter === 'bought' && orderFact({ ...event, properties }) !== undefined;
    return signalsOf(memory, met, event.occurredAt, !named || completed.has(event.id));
  });
}
