import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@repartee/platform';
import type { ProfileView } from '@repartee/profile/domain';
import { conditionHolds, heldBack, type StartingEvent, starts } from './domain/due.js';
import type { Reaction } from './domain/reaction.js';
import { type ReactionDue, ReactionTimers, type StartedReaction } from './persistence/reaction-timers.js';
import { Reactions } from './persistence/reactions.js';

/** An event that has just become part of a golden record. */
export interface Observation extends StartingEvent {
  eventId: string;
  /** Milliseconds since the epoch. */
  occurredAt: number;
  traceparent: string | null;
  profileId: string;
  /** The golden record with the event in it; asked for only when a reaction may start. */
  profile: () => ProfileView;
}

/** Detects what an event starts, and says whether what came due goes ahead. */
@Injectable()
export class Detection {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reactions) private readonly reactions: Reactions,
    @Inject(ReactionTimers) private readonly timers: ReactionTimers,
  ) {}

  /** Starts the reactions that these events call for, in the caller's transaction. */
  async observe(tx: Transaction, observations: Observation[]): Promise<void> {
    const now = new Date(this.clock.now());
    const later: (StartedReaction & { dueAt: number })[] = [];
    const atOnce: StartedReaction[] = [];
    for (const observation of observations) {
      for (const reaction of this.started(observation, now)) {
        const due = {
          reaction: reaction.key,
          profileId: observation.profileId,
          eventId: observation.eventId,
          triggeredAt: observation.occurredAt,
          ...(observation.traceparent !== null && { traceparent: observation.traceparent }),
        };
        if (reaction.after > 0) later.push({ ...due, dueAt: now.getTime() + reaction.after });
        // Asked again when it is handled; asked here too, it spares a message for everyone it does not concern.
        else if (conditionHolds(reaction, observation.profile(), now)) atOnce.push(due);
      }
    }
    await this.timers.set(tx, later);
    await this.timers.announce(tx, atOnce);
  }

  /**
   * Whether a reaction that came due goes ahead for a person; if so it is noted that it did, in the caller's
   * transaction, so that `once` holds.
   * @returns the reaction, or why it does not go ahead
   */
  async claim(
    tx: Transaction,
    due: ReactionDue,
    profile: ProfileView,
    family: string[],
  ): Promise<{ reaction: Reaction } | { heldBack: string }> {
    const reaction = this.reactions.get(due.reaction);
    if (!reaction) return { heldBack: 'the reaction is no more' };
    const now = new Date(this.clock.now());
    const lastFiredAt = await this.lastFired(tx, due.reaction, family);
    const reason = heldBack(reaction, { triggeredAt: due.triggeredAt, lastFiredAt }, profile, now);
    if (reason !== undefined) return { heldBack: reason };
    if (!(await this.noteFiring(tx, due.reaction, profile.id, { now, once: reaction.once })))
      return { heldBack: 'it went ahead a moment ago' };
    return { reaction };
  }

  /**
   * Messages about one person are handled at the same time, and each may have found that nothing went ahead yet. The
   * row's lock makes them queue here, and the condition is asked of what the one before has committed.
   */
  private async noteFiring(
    tx: Transaction,
    reaction: string,
    profileId: string | null,
    { now, once }: { now: Date; once: number },
  ): Promise<boolean> {
    const noted = await tx.query(
      `INSERT INTO reaction_firing (reaction, profile_id, fired_at) VALUES ($1, $2, $3)
       ON CONFLICT (reaction, profile_id) DO UPDATE SET fired_at = excluded.fired_at
         WHERE $5 OR reaction_firing.fired_at <= $4
       RETURNING 1`,
      [reaction, profileId, now, new Date(now.getTime() - once), once === 0],
    );
    return noted.length > 0;
  }

  private started(observation: Observation, now: Date): Reaction[] {
    const candidates = observation.name === null ? [] : this.reactions.startedBy(observation.name);
    return candidates.filter((reaction) => starts(reaction, observation, observation.profile(), now));
  }

  private async lastFired(tx: Transaction, reaction: string, family: string[]): Promise<number | undefined> {
    const [row] = await tx.query<{ fired_at: Date | null }>(
      'SELECT max(fired_at) AS fired_at FROM reaction_firing WHERE reaction = $1 AND profile_id = ANY($2::uuid[])',
      [reaction, family],
    );
    return row?.fired_at?.getTime();
  }
}
