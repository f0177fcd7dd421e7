import { Injectable } from '@nestjs/common';
import {
  capLifting,
  claimsOf,
  type CompiledOffer,
  type Deliberation,
  type Evaluation,
  isCapped,
  type Obstacle,
  obstacleOf,
  personOf,
} from '../domain/index.js';
import { CapStore } from '../persistence/index.js';
import { Catalogue } from './catalogue.js';
import type { DecisionSubject } from './decision-question.js';

/** How often full offers make room for others. */
const ROUNDS = 5;

/** Whom room is looked for, where. */
export interface RoomFor {
  subject: DecisionSubject;
  channel: string;
  context: object;
  now: number;
}

/** Looks whether hard caps leave room, and takes none. */
@Injectable()
export class CapRoom {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly store: CapStore,
  ) {}

  /**
   * Leaves offers out of a decision that caps have no room for, as a decision would.
   * @returns the caps that are full, by offer
   */
  async refuse(deliberation: Deliberation, room: RoomFor): Promise<Map<string, Obstacle[]>> {
    const full = new Map<string, Obstacle[]>();
    const looked = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const decision = deliberation.decide();
      const chosen = decision.zones.flatMap(({ choices }) => choices.map(({ evaluation }) => evaluation));
      const asked = chosen.filter(({ offer }) => isCapped(offer, room.channel) && !looked.has(offer.key));
      if (asked.length === 0) break;
      for (const evaluation of asked) await this.look(evaluation, room, deliberation, looked, full);
    }
    return full;
  }

  /** The caps of an offer that are full, and when they have room again. */
  async fullFor(offer: CompiledOffer, { subject, channel, context, now }: RoomFor): Promise<Obstacle[]> {
    if (!isCapped(offer, channel)) return [];
    const { timeZones } = this.catalogue.snapshot;
    const person = personOf(subject.profileId, subject.anonymousId, 'nobody');
    const claims = claimsOf(offer, { channel, person, profile: subject.view, context, now, timeZones });
    const standings = await this.store.standingOf(claims, now);
    return standings
      .filter(({ used, limit, amount }) => used + amount > limit)
      .map((standing) => {
        const cap = offer.caps.find(({ key }) => key === standing.cap);
        return obstacleOf('cap-reached', capLifting(standing, cap, now, timeZones), standing.cap);
      });
  }

  private async look(
    evaluation: Evaluation,
    room: RoomFor,
    deliberation: Deliberation,
    looked: Set<string>,
    full: Map<string, Obstacle[]>,
  ): Promise<void> {
    const { offer } = evaluation;
    looked.add(offer.key);
    const refused = await this.fullFor(offer, room);
    if (refused.length === 0) return;
    full.set(offer.key, refused);
    deliberation.refuse(evaluation, refused[0]?.detail ?? null);
  }
}
