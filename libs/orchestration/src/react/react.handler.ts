import { Controller, Inject, Logger } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent } from '@repartee/contracts';
import { Deliveries } from '@repartee/delivery';
import { Detection, type ReactionDue } from '@repartee/detection';
import { Database } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { ReactionTrials } from '../experiments/reaction-trials.js';
import { Outreach } from './outreach.js';
import { Reachable } from './reachable.js';

/** Rolls a reaction back that had nothing to say, so that its `once` is not used up. */
class NothingToSay extends Error {}

/** What the product does by itself: decides and sends when a reaction is due, decides again when a message went stale. */
@Controller()
export class ReactHandler {
  private readonly logger = new Logger(ReactHandler.name);

  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Detection) private readonly detection: Detection,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Outreach) private readonly outreach: Outreach,
    @Inject(ReactionTrials) private readonly trials: ReactionTrials,
    @Inject(Reachable) private readonly reachable: Reachable,
    @Inject(Database) private readonly database: Database,
  ) {}

  @EventPattern('reaction.due')
  async react(@Payload() { data: due }: CloudEvent<ReactionDue>): Promise<void> {
    const profile = await this.profiles.findById(due.profileId);
    if (!profile) return;
    const work = this.database.transaction(async (tx) => {
      const claimed = await this.detection.claim(tx, due, profile.view, profile.record.family);
      if ('heldBack' in claimed) {
        this.logger.debug(`reaction ${due.reaction} for ${due.profileId} is held back: ${claimed.heldBack}`);
        return;
      }
      const { key } = claimed.reaction;
      const action = this.trials.actionOf(claimed.reaction, profile);
      if (!action) return;
      const place = await this.reachable.placeFor(profile, action);
      if (!place) throw new NothingToSay();
      const reached = await this.outreach.reach(tx, profile, {
        ...place,
        origin: `reaction:${key}`,
        idempotencyKey: `reaction:${key}:${due.eventId}`,
        context: { reaction: key },
      });
      if (reached === undefined) throw new NothingToSay();
    });
    await work.catch((error: unknown) => {
      if (!(error instanceof NothingToSay)) throw error;
    });
  }

  @EventPattern('delivery.stale')
  async decideAgain(@Payload() { data }: CloudEvent<{ deliveryId: string }>): Promise<void> {
    const found = await this.deliveries.get(data.deliveryId);
    if (!found.ok || found.value.delivery.zone === null) return;
    const { id, profileId, channel, zone, origin } = found.value.delivery;
    const profile = await this.profiles.findById(profileId);
    if (!profile || zone === null) return;
    await this.database.transaction((tx) =>
      this.outreach.reach(tx, profile, {
        channel,
        zone,
        presented: this.reachable.presents(channel),
        origin,
        idempotencyKey: `again:${id}`,
        context: { replaces: id },
      }),
    );
  }
}
