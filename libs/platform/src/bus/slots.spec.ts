import { PARKED_SLOT, ROTATING_SLOTS, SLOT_PERIOD_MS, slotAt, slotsAtRest, slotTable } from './slots.js';

describe('slots', () => {
  it('take turns', () => {
    const turns = [0, 1, 2, 3, 4].map((turn) => slotAt(turn * SLOT_PERIOD_MS));
    expect(turns).toEqual([...ROTATING_SLOTS, ROTATING_SLOTS[0]]);
  });

  it('rest unless they are in use or soon will be', () => {
    for (let now = 0; now < 10 * SLOT_PERIOD_MS; now += 997) {
      const atRest = slotsAtRest(now);
      expect(atRest).not.toContain(slotAt(now));
      expect(atRest).not.toContain(slotAt(now + 1_000));
      expect(atRest).toContain(PARKED_SLOT);
      expect(atRest.length).toBeGreaterThanOrEqual(3);
    }
  });

  it('have a table each', () => {
    expect(new Set([PARKED_SLOT, ...ROTATING_SLOTS].map(slotTable)).size).toBe(5);
  });
});
