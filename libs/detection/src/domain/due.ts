import type { ProfileView } from '@repartee/profile/domain';
import type { Reaction } from './reaction.js';

/** Rows of files are history after so long, where a reaction does not say (milliseconds). */
const NEWS = 86_400_000;

/** An event that may start a reaction. */
export interface StartingEvent {
  name: string | null;
  properties: object;
  context: object;
  /** Milliseconds between what happened and its arrival. */
  age: number;
  /** It came as a row of a file. */
  imported: boolean;
}

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
export function starts(reaction: Reaction, event: StartingEvent, profile: ProfileView, now: Date): boolean {
  const { name, properties, context, age, imported } = event;
  if (name !== reaction.event || age > (reaction.within ?? (imported ? NEWS : Infinity))) return false;
  if (reaction.where === undefined) return true;
  return reaction.where.evaluate({ profile, event: { name, properties, context }, now }).value === true;
}
