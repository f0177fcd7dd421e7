import type { KioskLink } from './kiosk-link.js';
import type { Decided, ZoneOffers } from './offers.js';
import { stillValid } from './offers.js';

const SPARES = 'spares';
/** So many visitors in a row find offers of their own while the hub is out of reach; later ones share the last. */
const KEPT = 4;
const FRESH_MS = 10 * 60_000;

interface Spare extends Decided {
  /** By the hub's clock. */
  takenAt: number;
  used: boolean;
}

interface BegunVisit {
  id: string;
  anonymousId: string;
  token: string;
  now: string;
}

export interface SpareOffers {
  anonymousId: string;
  dialogueId: string | undefined;
  zones: ZoneOffers[];
  /** Whether their tokens may be reported: they were given to nobody else. */
  own: boolean;
}

/** Offers for strangers, decided while the hub can be reached, for those who come when it cannot. */
export class Spares {
  constructor(private readonly link: KioskLink) {}

  /** Offers for the next visitor; none that is over. */
  async take(): Promise<SpareOffers> {
    const spares = (await this.link.store.read<Spare[]>(SPARES)) ?? [];
    const now = this.link.clock.now();
    const unused = spares.find(({ used }) => !used);
    const spare = unused ?? spares.at(-1);
    if (unused) {
      unused.used = true;
      await this.link.store.write(SPARES, spares);
    }
    const own = unused !== undefined;
    return {
      anonymousId: own ? unused.anonymousId : this.link.surroundings.crypto.randomUUID(),
      dialogueId: own ? unused.dialogueId : undefined,
      zones: stillValid(spare?.zones ?? [], now),
      own,
    };
  }

  /**
   * Fills up what is used or old.
   * @param decide asks for the device's zones within a visit
   * @param isFree whether nobody stands before the kiosk; asked again before each step
   */
  async refill(
    decide: (visit: { anonymousId: string; token: string }) => Promise<Decided>,
    isFree: () => boolean,
  ): Promise<void> {
    const kept = (await this.link.store.read<Spare[]>(SPARES)) ?? [];
    const now = this.link.clock.now();
    const spares = kept.filter(({ used, takenAt }) => !used && now - takenAt < FRESH_MS);
    if (spares.length >= KEPT) return;
    while (spares.length < KEPT && isFree()) {
      const visit = await this.link.call<BegunVisit>({
        path: '/v1/devices/me/visits',
        body: { by: 'anonymous' },
      });
      await this.link.sync(visit.now);
      const decided = await decide(visit);
      if (!isFree()) return;
      await this.link.call({ method: 'DELETE', path: `/v1/devices/me/visits/${visit.id}` });
      spares.push({ ...decided, takenAt: this.link.clock.now(), used: false });
      await this.link.store.write(SPARES, spares);
    }
  }
}
