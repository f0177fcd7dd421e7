/**
 * Rows of a queue live for milliseconds, and a table that only sees inserts and deletes bloats.
 * So messages go to the slot of the hour hand, and a slot that was left behind and is empty is truncated.
 * Any slot is correct for any message: which one is taken only decides when its space comes back.
 */
export const ROTATING_SLOTS = [1, 2, 3, 4] as const;

/** Messages that wait for long, being due later or tried again, would keep a rotating slot from emptying. */
export const PARKED_SLOT = 0;

/** How long one slot takes new messages. */
export const SLOT_PERIOD_MS = 15_000;

/** The partition that holds a slot's rows. */
export function slotTable(slot: number): string {
  return slot === PARKED_SLOT ? 'bus_message_parked' : `bus_message_${slot}`;
}

/** The slot for messages published now. */
export function slotAt(now: number): number {
  const turn = Math.floor(now / SLOT_PERIOD_MS) % ROTATING_SLOTS.length;
  return ROTATING_SLOTS[turn] ?? ROTATING_SLOTS[0];
}

/** The slots that nobody should be writing to now, nor in a moment. */
export function slotsAtRest(now: number): number[] {
  const busy = [slotAt(now), slotAt(now + SLOT_PERIOD_MS / 2)];
  return [PARKED_SLOT, ...ROTATING_SLOTS].filter((slot) => !busy.includes(slot));
}
