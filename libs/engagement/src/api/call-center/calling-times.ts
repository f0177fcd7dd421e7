import { Inject, Injectable } from '@nestjs/common';
import { TimeZones } from '@repartee/decisioning/domain';
import { zoneOf } from '@repartee/delivery/domain';
import { Clock, CONFIG, type Config } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { callableFrom, callingIn } from '../../domain/index.js';
import { CallCenterSettingsStore } from '../../persistence/call-center-settings.js';

/** Knows when somebody may be called: by the law where their number belongs, and by their own clock where that is known. */
@Injectable()
export class CallingTimes {
  private readonly timeZones = new TimeZones();

  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(CallCenterSettingsStore) private readonly settings: CallCenterSettingsStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The first moment from `from` on at which a number may be called.
   * @returns milliseconds since the epoch; null where there is none within two weeks
   */
  async next(number: string, profileId: string | null, from = this.clock.now()): Promise<number | null> {
    const country = parsePhoneNumberFromString(number)?.country;
    const { hours, zones } = callingIn(this.settings.current, country);
    const own = profileId === null ? undefined : await this.ownZone(profileId);
    const possible = own !== undefined ? [own] : zones.length > 0 ? zones : [this.config.timeZone];
    const offsets = possible.map((zone) => (at: number) => this.timeZones.offset(zone, at) ?? 0);
    return callableFrom(from, hours, offsets);
  }

  private async ownZone(profileId: string): Promise<string | undefined> {
    const profile = await this.profiles.findById(profileId);
    if (!profile) return undefined;
    const offset = (zone: string, at: number) => this.timeZones.offset(zone, at);
    const { zone, known } = zoneOf(profile.view.traits, this.config.timeZone, offset);
    return known ? zone : undefined;
  }
}
