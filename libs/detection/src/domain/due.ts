import type { ProfileView } from '@repartee/profile/domain';
import type { Reaction } from './reaction.js';

/** A reaction that came due for one person. */
export interface DueReaction {
  /** Event time of what started it, milliseconds since the epoch. */
  triggeredAt: number;
  /** When it last went ahead for this person. */
  lastFiredAt?: number;
}

/** Why a reaction does not go ahead; undefined when it does. */
export function heldBack(
  reaction: Reaction,
  due: DueReaction,
  profile: ProfileView,
  now: Date,
): string | undefined {
  const called = reaction.unless === undefined ? undefined : profile.events[reaction.unless];
  if (called && called.last.getTime() >= due.triggeredAt) return `${reaction.unless} came meanwhile`;
  if (due.lastFiredAt !== undefined && now.getTime() - due.lastFiredAt < reaction.once) {
    return 'it went ahead for this person before';
  }
  if (!reaction.when) return undefined;
  const verdict = reaction.when.evaluate({ profile, now });
  if (verdict.unknown !== undefined) return `its condition is unknown: ${verdict.unknown}`;
  return verdict.value ? undefined : 'its condition does not hold';
}

/** Whether a reaction's condition holds for a person as they are now. Unknown does not. */
export function conditionHolds({ when }: Reaction, profile: ProfileView, now: Date): boolean {
  return when === undefined || when.evaluate({ profile, now }).value === true;
}

/** Whether an event starts a reaction. Unknown does not. */
export function starts(
  reaction: Reaction,
  event: { name: string | null; properties: object; context: object },
  profile: ProfileView,
  now: Date,
): boolean {
  if (event.name !== reaction.event) return false;
  return reaction.where === undefined || reaction.where.evaluate({ profile, event, now }).value === true;
}
