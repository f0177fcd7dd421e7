import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import {
  type EventStream,
  OVERLAP,
  Presence,
  type SessionOffer,
  SessionOffers,
  TopicTail,
} from '@repartee/engagement';
import { firstIdAt, type Position, timeOfId } from '@repartee/engagement/domain';
import { Clock } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { PersonFinder } from '../decide/person-finder.js';

export const OFFERS = 'offers';
/** Milliseconds between two looks: how much later an offer is seen that another process pushed. */
const EVERY = 100;
/** Milliseconds a new page looks back: between two pages nobody listens. */
const BETWEEN_PAGES = 15_000;

/** One page, and the visitor its session stands for. */
interface OwnStream {
  stream: EventStream;
  caller: Principal;
  sent: Set<string>;
}

/** Brings pushed offers to the open pages of the person they were decided for, and to nobody else. */
@Injectable()
export class OwnOffers {
  private readonly logger = new Logger(OwnOffers.name);
  private readonly byVisitor = new Map<string, Set<OwnStream>>();
  private readonly tail: TopicTail<SessionOffer>;
  private stop: (() => void) | undefined;

  constructor(
    @Inject(SessionOffers) private readonly offers: SessionOffers,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(PersonFinder) private readonly people: PersonFinder,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.tail = new TopicTail((from) => offers.since(from), EVERY);
  }

  /** Pages of this process see at once what was pushed here. */
  ring(): void {
    this.tail.ring();
  }

  /** Shows a visitor what was pushed lately, and what will be. */
  async begin(stream: EventStream, caller: Principal, position: Position): Promise<void> {
    const { anonymousId = '', userId } = caller;
    const own: OwnStream = { stream, caller, sent: new Set() };
    this.join(anonymousId, own);
    const entered = this.presence.enter({ anonymousId, userId: userId ?? null });
    stream.once('close', () => {
      this.leave(anonymousId, own);
      void entered.finally(() => this.presence.leave(anonymousId)).catch(() => undefined);
    });
    await entered;
    await this.past(own, position);
  }

  private async past(own: OwnStream, position: Position): Promise<void> {
    const last = position.get(OFFERS);
    const from = last === undefined ? Date.now() - BETWEEN_PAGES : timeOfId(last) - OVERLAP;
    const found = await this.people.find(own.caller, {});
    const family = found.ok ? found.value.record?.family : undefined;
    if (!family) return;
    const offers = await this.offers.of(family, firstIdAt(from), this.clock.now());
    for (const offer of offers) if (offer.id !== last) send(own, offer);
  }

  private join(anonymousId: string, own: OwnStream): void {
    const mates = this.byVisitor.get(anonymousId);
    if (mates) mates.add(own);
    else this.byVisitor.set(anonymousId, new Set([own]));
    this.stop ??= this.tail.follow((items) => {
      for (const item of items)
        this.showTo(item).catch((error: unknown) =>
          this.logger.warn(`a pushed offer does not reach its page: ${String(error)}`),
        );
    });
  }

  private leave(anonymousId: string, own: OwnStream): void {
    const mates = this.byVisitor.get(anonymousId);
    mates?.delete(own);
    if (mates?.size === 0) this.byVisitor.delete(anonymousId);
    if (this.byVisitor.size > 0) return;
    this.stop?.();
    this.stop = undefined;
  }

  /** A device may belong to the person and its session still not see their data: each one is asked who it stands for. */
  private async showTo(offer: SessionOffer): Promise<void> {
    const profile = await this.profiles.findById(offer.profileId);
    if (!profile) return;
    for (const { namespace, value } of profile.record.identifiers) {
      const mates = namespace === 'anonymous_id' ? this.byVisitor.get(value) : undefined;
      for (const own of mates ?? []) {
        const found = await this.people.find(own.caller, {});
        if (found.ok && found.value.subject.profileId === profile.record.id) send(own, offer);
      }
    }
  }
}

function send({ stream, sent }: OwnStream, { id, body }: SessionOffer): void {
  if (sent.has(id)) return;
  sent.add(id);
  stream.send({ event: 'offer', id: `${OFFERS}@${id}`, data: { id, ...body } });
}
