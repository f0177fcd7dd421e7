import { Inject, Injectable, Logger } from '@nestjs/common';
import { Catalogue, ContentRenderer } from '@repartee/decisioning';
import { Clock } from '@repartee/platform';
import type { TimelineEntry } from '@repartee/profile';
import type { ProfileView } from '@repartee/profile/domain';
import { Discretion } from '../masking/discretion.js';
import type { SeenOffer } from './desk-schemas.js';

const MOST = 6;
/** From the least to the most that somebody did with an offer. */
const FURTHER = ['not_presented', 'impression', 'dismiss', 'later', 'click', 'reject', 'accept', 'convert'];

/** Shows what people saw of offers, as it was shown to them. */
@Injectable()
export class SeenOffers {
  private readonly logger = new Logger(SeenOffers.name);

  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(ContentRenderer) private readonly renderer: ContentRenderer,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Discretion) private readonly discretion: Discretion,
  ) {}

  /** One for each treatment, newest first. @param masked nobody has proved yet to be the person */
  of(entries: readonly TimelineEntry[], view: ProfileView, masked: boolean): SeenOffer[] {
    const person = masked ? this.discretion.masked(view) : view;
    const seen = new Map<string, SeenOffer>();
    for (const { kind, at, data } of entries) {
      if (kind !== 'response') continue;
      const { type, offer, treatment, channel, zone } = data as Record<string, string | undefined>;
      if (!type || !offer || !treatment || !channel) continue;
      const key = `${treatment}\0${zone ?? ''}`;
      const held = seen.get(key);
      if (held) held.response = further(held.response, type);
      else if (seen.size < MOST)
        seen.set(key, {
          offer,
          treatment,
          channel,
          zone: zone ?? null,
          at,
          response: type,
          ...this.shown(treatment, zone ?? '', person),
        });
    }
    return [...seen.values()];
  }

  private shown(
    key: string,
    zone: string,
    profile: ProfileView,
  ): Pick<SeenOffer, 'name' | 'endsAt' | 'content'> {
    const { treatments, offersByKey } = this.catalogue.inForce(this.clock.now());
    const treatment = treatments.get(key);
    const offer = treatment && offersByKey.get(treatment.offer);
    if (!treatment || !offer) return { name: key, endsAt: null, content: null };
    const endsAt = offer.validUntil < Infinity ? new Date(offer.validUntil).toISOString() : null;
    const data = { profile, offer: offer.facts, zone, context: {}, locale: null, links: null };
    try {
      const content = this.renderer.render(treatment.channel, treatment.content, data);
      return { name: offer.facts.name, endsAt, content };
    } catch (error) {
      this.logger.debug(`${key} cannot be shown to an agent: ${String(error)}`);
      return { name: offer.facts.name, endsAt, content: null };
    }
  }
}

function further(held: string, type: string): string {
  return FURTHER.indexOf(type) > FURTHER.indexOf(held) ? type : held;
}
