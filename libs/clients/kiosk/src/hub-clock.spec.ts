import fc from 'fast-check';
import { HubClock } from './hub-clock.js';
import { stillValid } from './offers.js';

/** A device whose clock and whose passing of time are set by hand. */
function device(now: number) {
  const state = { now, elapsed: 0 };
  return { state, now: () => state.now, elapsed: () => state.elapsed };
}

describe("the hub's clock on a kiosk", () => {
  it('is the device’s until the hub says what time it is', () => {
    const surroundings = device(1_000);
    const clock = new HubClock(surroundings);
    expect(clock.now()).toBe(1_000);
    clock.sync(50_000);
    surroundings.state.elapsed += 10;
    surroundings.state.now += 10;
    expect(clock.now()).toBe(50_010);
  });

  it('goes on while the device’s clock is set back, over a new start of the page, too', () => {
    const surroundings = device(1_000_000);
    const clock = new HubClock(surroundings);
    clock.sync(1_000_000);
    surroundings.state.elapsed += 60_000;
    surroundings.state.now -= 500_000;
    expect(clock.now()).toBe(1_060_000);
    const kept = clock.keep();
    const again = new HubClock(surroundings, kept);
    expect(again.now()).toBe(1_060_000);
    surroundings.state.elapsed += 5;
    expect(again.now()).toBe(1_060_005);
  });

  it('never goes back, whatever the device’s clock does', () => {
    const step = fc.record({
      jump: fc.integer({ min: -1e9, max: 1e9 }),
      passed: fc.nat(1e6),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const surroundings = device(1e12);
        let clock = new HubClock(surroundings);
        let last = clock.now();
        for (const { jump, passed, restart } of steps) {
          surroundings.state.now += jump + passed;
          surroundings.state.elapsed += passed;
          if (restart) clock = new HubClock(surroundings, clock.keep());
          const now = clock.now();
          expect(now).toBeGreaterThanOrEqual(last);
          last = now;
        }
      }),
    );
  });
});

describe('offers', () => {
  const offer = (validUntil: string, endsAt?: string) => ({
    ...{ offer: 'tea', content: { headline: 'Tea' }, token: 't', validUntil },
    ...(endsAt !== undefined && { countdown: { endsAt } }),
  });
  const at = (iso: string, offers: ReturnType<typeof offer>[]) =>
    stillValid([{ zone: 'kiosk.main', offers }], Date.parse(iso))[0]?.offers.length;

  it('are shown until the moment they end, and not at it', () => {
    const tea = offer('2027-03-01T15:00:00Z');
    expect(at('2027-03-01T14:59:59.999Z', [tea])).toBe(1);
    expect(at('2027-03-01T15:00:00Z', [tea])).toBe(0);
  });

  it('end with their countdown, where that is before', () => {
    const tea = offer('2027-03-02T15:00:00Z', '2027-03-01T15:00:00Z');
    expect(at('2027-03-01T15:00:00Z', [tea])).toBe(0);
  });

  it('whose end cannot be read are not shown', () => {
    expect(at('2027-03-01T15:00:00Z', [offer('soon')])).toBe(0);
  });
});
