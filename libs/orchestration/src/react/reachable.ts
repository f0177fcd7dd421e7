import { Inject, Injectable } from '@nestjs/common';
import { ConnectorGateway } from '@repartee/delivery';
import type { Reaction } from '@repartee/detection/domain';
import { Presence } from '@repartee/engagement';
import type { CachedProfile } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import { mayShow } from '../decide/person-finder.js';

type Place = Pick<Reaction['action'], 'channel' | 'zone'> & { presented: boolean };

/** Knows where a person can be met now. */
@Injectable()
export class Reachable {
  constructor(
    @Inject(Presence) private readonly presence: Presence,
    @Inject(ConnectorGateway) private readonly connectors: ConnectorGateway,
  ) {}

  /** Whether a channel shows things in open pages, and sends nothing. */
  presents(channel: string): boolean {
    return this.connectors.connectorsFor(channel).some(({ presents }) => presents);
  }

  /** @returns where an action meets the person; undefined when it would need an open page and there is none */
  async placeFor({ record }: CachedProfile, action: Reaction['action']): Promise<Place | undefined> {
    const { channel, zone, whenAbsent } = action;
    if (!this.presents(channel)) return { channel, zone, presented: false };
    if (await this.isHere(record)) return { channel, zone, presented: true };
    return whenAbsent && { ...whenAbsent, presented: this.presents(whenAbsent.channel) };
  }

  private async isHere(record: GoldenRecord): Promise<boolean> {
    const devices = record.identifiers.flatMap(({ namespace, value }) =>
      namespace === 'anonymous_id' ? [value] : [],
    );
    const here = await this.presence.among(devices);
    return here.some(({ userId }) => mayShow(userId ?? undefined, record));
  }
}
