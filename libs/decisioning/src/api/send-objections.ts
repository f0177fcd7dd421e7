import { Injectable } from '@nestjs/common';
import type { ProfileView } from '@repartee/profile/domain';
import {
  type CatalogueSnapshot,
  Deliberation,
  keptFromChannel,
  reasonFor,
  standingOf,
  type ZoneCandidate,
} from '../domain/index.js';
import { Catalogue } from './catalogue.js';
import { ShelvedItems } from './shelved-items.js';

/** A message that is about to leave. */
export interface MessageOnItsWay {
  channel: string;
  /** Null: it holds none. */
  offer: string | null;
  zone: string | null;
  /** Whether the offer was decided on, or somebody chose it. */
  decided: boolean;
  context: object;
  profile: ProfileView;
  profileId: string;
  /** Milliseconds. */
  now: number;
}

/** Asks the rules of offers once more, at the moment of sending: much may have happened since a message was planned. */
@Injectable()
export class SendObjections {
  constructor(private readonly catalogue: Catalogue) {}

  /** Why it may not leave, in a sentence; null when it may. Hard caps are not among it: those are claimed. */
  to(message: MessageOnItsWay): string | null {
    const snapshot = this.catalogue.inForce(message.now);
    return message.offer === null
      ? ofChannel(snapshot, message)
      : this.ofOffer(snapshot, message, message.offer);
  }

  private ofOffer(snapshot: CatalogueSnapshot, message: MessageOnItsWay, key: string): string | null {
    const { zone: place, decided, channel, context, profile, profileId, now } = message;
    const zone = place === null ? undefined : snapshot.zones.get(place);
    const held = zone?.candidates.find(({ offer }) => offer.key === key);
    if (!zone || !held) return 'It is no longer published.';
    const candidate = decided ? held : asChosen(held);
    const { evaluations } = new Deliberation({
      snapshot,
      profile,
      channel,
      zones: [{ zone: { ...zone, candidates: [candidate] }, count: 1 }],
      context,
      now,
      person: profileId,
      propensity: () => 1,
      items: new ShelvedItems(this.catalogue.items, now),
    }).decide();
    const [evaluation] = evaluations;
    return evaluation?.dropped ? reasonFor(evaluation) : null;
  }
}

/** Whoever chooses an offer for a person answers for it that it fits. */
function asChosen({ offer, treatment }: ZoneCandidate): ZoneCandidate {
  return { offer: { ...offer, engagement: [], repeatable: true }, treatment };
}

function ofChannel(snapshot: CatalogueSnapshot, { profile, channel, now }: MessageOnItsWay): string | null {
  const found = keptFromChannel(standingOf(snapshot, profile).suppressions, channel, now);
  if (found === null) return null;
  return `The person has had enough for now: ${found.policy.key} until ${new Date(found.until).toISOString()}.`;
}
