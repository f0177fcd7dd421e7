import { Inject, Injectable } from '@nestjs/common';
import { Catalogue } from '@repartee/decisioning';
import { CONFIG, type Config } from '@repartee/platform';
import type { CachedProfile } from '@repartee/profile';
import type { Delivery } from './domain/delivery.js';
import type { Quiet } from './domain/gate.js';
import { DEFAULT_QUIET_HOURS, quietUntil, zoneOf } from './domain/quiet-hours.js';

/** Knows when which messages leave people alone: by the policies in force, else by the defaults. */
@Injectable()
export class QuietTimes {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
  ) {}

  /** Quiet hours that keep a message now; null when none do. */
  of({ channel, class: kind }: Delivery, { view }: CachedProfile, now: number): Quiet | null {
    const { quiet, timeZones } = this.catalogue.inForce(now);
    const concerns = (one: { channel: string; class: string }) =>
      one.channel === channel && one.class === kind;
    const configured = quiet.filter(concerns);
    const hours = configured.length > 0 ? configured : DEFAULT_QUIET_HOURS.filter(concerns);
    if (hours.length === 0) return null;
    const offset = (zone: string, at: number) => timeZones.offset(zone, at);
    const { zone, known } = zoneOf(view.traits, this.config.timeZone, offset);
    const ends = hours.flatMap((one) => quietUntil(one, now, (at) => offset(zone, at) ?? 0) ?? []);
    return ends.length === 0 ? null : { until: Math.max(...ends), zone, known };
  }
}
