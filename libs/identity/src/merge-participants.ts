import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';

/** Part of a profile that turns out to be somebody else's. */
export interface ProfileSplit {
  from: string;
  to: string;
  /** Ids of the events that went over. */
  events: readonly string[];
}

/**
 * A scope that keeps something by profile id, beside the golden record. What it does for a merge or a split commits
 * with it. Readers that ask for a person's whole family need no participant.
 */
export abstract class MergeParticipant {
  abstract readonly scope: string;

  constructor(participants: MergeParticipants) {
    participants.register(this);
  }

  /** How much it holds of a profile, in words of its scope: `{deliveries: 3}`. */
  abstract preview(profileIds: readonly string[]): Promise<Record<string, number>>;
  abstract merge(tx: Transaction, merge: { survivor: string; merged: string }): Promise<void>;
  abstract split(tx: Transaction, split: ProfileSplit): Promise<void>;
}

/** All who take part when profiles are merged or split. */
@Injectable()
export class MergeParticipants {
  private readonly all: MergeParticipant[] = [];

  register(participant: MergeParticipant): void {
    this.all.push(participant);
  }

  async preview(profileIds: readonly string[]): Promise<Record<string, number>> {
    const held: Record<string, number> = {};
    for (const participant of this.all) Object.assign(held, await participant.preview(profileIds));
    return held;
  }

  async merge(tx: Transaction, merge: { survivor: string; merged: string }): Promise<void> {
    for (const participant of this.all) await participant.merge(tx, merge);
  }

  async split(tx: Transaction, split: ProfileSplit): Promise<void> {
    for (const participant of this.all) await participant.split(tx, split);
  }
}
