import { Inject, Injectable } from '@nestjs/common';
import { Catalogue, HardCaps, Negotiations } from '@repartee/decisioning';
import { applyResponse } from '@repartee/decisioning/domain';
import { Dialogues } from '@repartee/dialogue';
import type { LoggedEvent } from '@repartee/ingestion/domain';
import { type PersonalObservation, PropensityModel } from '@repartee/learning';
import type { Transaction } from '@repartee/platform';
import { type ProfileBatch, Timeline } from '@repartee/profile';
import { type GoldenRecord, noteContact, standingValues } from '@repartee/profile/domain';
import type { FoundResponse } from './response-of.js';

/** A response with the person who gave it. */
export interface PersonalResponse {
  event: LoggedEvent;
  profileId: string;
  response: FoundResponse;
}

/** Lets responses change what is known of the person, what is believed of the offer, and what was said. */
@Injectable()
export class ResponseLearner {
  constructor(
    @Inject(PropensityModel) private readonly model: PropensityModel,
    @Inject(HardCaps) private readonly caps: HardCaps,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(Timeline) private readonly timeline: Timeline,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
  ) {}

  async learn(tx: Transaction, batch: ProfileBatch, responses: PersonalResponse[]): Promise<void> {
    if (responses.length === 0) return;
    remember(batch, responses);
    await this.heedCaps(tx, responses);
    await this.model.learn(
      tx,
      responses.map((response) => this.observation(batch, response)),
    );
    await this.timeline.append(
      tx,
      responses.map((response) => timelineEntry(response, batch)),
    );
    await this.dialogues.say(tx, responses.map(turn));
  }

  private observation(
    batch: ProfileBatch,
    { event, profileId, response }: PersonalResponse,
  ): PersonalObservation {
    const { decisionId, offer, channel, stage, issuedAt } = response.offer;
    const known = this.catalogue.snapshot.offersByKey.get(offer);
    return {
      decisionId,
      offer,
      channel,
      stage,
      response: response.type,
      display: {
        profileId,
        person: { traits: standingValues(batch.touch(profileId).traits) },
        decidedAt: issuedAt,
        respondedAt: event.occurredAt,
        prior: known?.prior,
        group: known?.group,
        humanProbability: response.humanProbability,
      },
    };
  }

  /** Room under hard caps: of devices that turn out to be somebody's, and of offers a track event speaks of. */
  private async heedCaps(tx: Transaction, responses: readonly PersonalResponse[]): Promise<void> {
    for (const { profileId, response } of responses) {
      const { reserved, anonymousId, profileId: known } = response.offer;
      if (reserved && known === null && anonymousId !== null)
        await this.caps.join(tx, { anonymousId }, profileId);
    }
    const tracked = responses.filter(({ event }) => event.type !== 'response');
    // What a track event says has happened already: money that has gone to others since is not had again.
    for (const { response } of tracked) await this.negotiations.heard(response.offer, response.type, tx);
    await this.caps.heard(
      tracked.map(({ response: { offer, type } }) => ({ offer, type })),
      tx,
    );
  }
}

/** Notes in the person's record how an offer was met, and which conversation goes on. */
export function remember(
  batch: ProfileBatch,
  responses: readonly { event: { occurredAt: number }; profileId: string; response: FoundResponse }[],
): void {
  for (const { event, profileId, response } of responses) {
    rememberResponse(batch.touch(profileId), response, event.occurredAt);
  }
}

/** @param at event time, milliseconds since the epoch */
export function rememberResponse(record: GoldenRecord, response: FoundResponse, at: number): void {
  const { id, type } = response;
  const { offer, channel, dialogueId, issuedAt } = response.offer;
  const held = Object.hasOwn(record.offers, offer) ? record.offers[offer] : undefined;
  const until = response.until === undefined ? undefined : Date.parse(response.until);
  record.offers[offer] = applyResponse(held, { id, type, at, until, issuedAt });
  if (type !== 'not_presented')
    record.contacts = noteContact(record.contacts, { offer, channel, outcome: type, at });
  if (!record.dialogue || record.dialogue.at <= at) record.dialogue = { id: dialogueId, at };
}

function timelineEntry({ event, profileId, response }: PersonalResponse, batch: ProfileBatch) {
  const { offer, treatment, zone, channel, decisionId } = response.offer;
  const { type, value, currency, reason } = response;
  return {
    profileId,
    at: event.occurredAt,
    id: event.id,
    kind: 'response' as const,
    loggedAt: event.receivedAt,
    version: batch.nextVersion(profileId),
    data: { type, offer, treatment, zone, channel, decisionId, value, currency, reason },
  };
}

function turn({ event, profileId, response }: PersonalResponse) {
  const { offer, zone, channel, dialogueId, anonymousId } = response.offer;
  const shown = response.type === 'impression';
  return {
    dialogueId,
    id: event.id,
    at: event.occurredAt,
    speaker: shown ? ('us' as const) : ('person' as const),
    channel,
    said: { response: response.type, offer, zone },
    profileId,
    anonymousId,
  };
}
