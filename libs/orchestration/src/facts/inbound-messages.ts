import { Inject, Injectable } from '@nestjs/common';
import { AddressStates, type FactSource, happenedAt } from '@repartee/delivery';
import { Dialogues, InboundReviews } from '@repartee/dialogue';
import { currentDialogue } from '@repartee/dialogue/domain';
import { NewTasks } from '@repartee/engagement';
import { Ingest } from '@repartee/ingestion';
import { newId, type Transaction } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import { internalEvent } from '../process-event/internal-event.js';
import type { FactAtHand, Finish } from './fact-at-hand.js';

const SUBJECT = 300;
/** Opens what a human reads first of a message that anybody may have written. */
const UNPROVED = 'Sender not confirmed: ';
/** What may be a refusal is looked at first: every further message would be one too many. */
const REFUSAL_PRIORITY = 90;
const MESSAGE_PRIORITY = 60;

/** Names the task that somebody has with what a person wrote. */
export function inboundOrigin(reviewId: string): string {
  return `inbound:${reviewId}`;
}

/** Words of people: an event, a turn in the conversation, and a human's to look at. They never make or merge people. */
@Injectable()
export class InboundMessages {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(InboundReviews) private readonly reviews: InboundReviews,
    @Inject(AddressStates) private readonly addresses: AddressStates,
    @Inject(NewTasks) private readonly tasks: NewTasks,
  ) {}

  async hear(stored: FactAtHand<'message'>, source: FactSource, finish: Finish): Promise<void> {
    const identifier = { namespace: source.addressNamespace, value: stored.fact.address };
    // What somebody else may have written is nobody's word: a human looks at it.
    const record = stored.fact.unproved
      ? undefined
      : (await this.profiles.findByIdentifier(identifier))?.record;
    const dialogueId = record ? await this.dialogueOf(record, stored) : null;
    if (record) await this.happened(record, stored, source, dialogueId);
    await finish((tx) => this.keep(tx, stored, source, record, dialogueId));
  }

  /** The conversation that goes on, else a new one that begins with these words. */
  private async dialogueOf(
    { family, dialogue }: GoldenRecord,
    stored: FactAtHand<'message'>,
  ): Promise<string> {
    const latest = await this.dialogues.latest(family);
    const last = !latest || (dialogue && dialogue.at > latest.at) ? dialogue : latest;
    return currentDialogue(last, happenedAt(stored)) ?? stored.id;
  }

  private async happened(
    { id: profileId }: GoldenRecord,
    stored: FactAtHand<'message'>,
    { channel }: FactSource,
    dialogueId: string | null,
  ): Promise<void> {
    const { id, connector, fact } = stored;
    const { text, sender, looksLikeRefusal = false } = fact;
    const properties = { channel, connector, text, ...(sender && { sender }), looksLikeRefusal, dialogueId };
    const noted = await this.ingest.internal([
      internalEvent({
        id: newId(),
        type: 'track',
        name: 'Message Received',
        messageId: `fact:${id}:message`,
        at: happenedAt(stored),
        subject: profileId,
        payload: { profileId, properties },
      }),
    ]);
    if (!noted.ok) throw new Error(noted.failure.detail);
  }

  private async keep(
    tx: Transaction,
    stored: FactAtHand<'message'>,
    { channel }: FactSource,
    record: GoldenRecord | undefined,
    dialogueId: string | null,
  ): Promise<void> {
    const { id, connector, fact } = stored;
    const { address, sender = null, text, media = [], unproved = false } = fact;
    const looksLikeRefusal = fact.looksLikeRefusal === true;
    const at = happenedAt(stored);
    const profileId = record?.id ?? null;
    if (dialogueId !== null) {
      const said = { text, ...(media.length > 0 && { media }), ...(sender !== null && { to: sender }) };
      const turn = {
        dialogueId,
        id,
        at,
        speaker: 'person',
        channel,
        said,
        profileId,
        anonymousId: null,
      } as const;
      await this.dialogues.say(tx, [turn]);
    }
    await this.reviews.add(tx, {
      id,
      at: new Date(at).toISOString(),
      connector,
      channel,
      address,
      sender,
      profileId,
      dialogueId,
      text,
      media,
      looksLikeRefusal,
    });
    await this.tasks.add(tx, {
      kind: 'message',
      subject: `${unproved ? UNPROVED : ''}${text.slice(0, SUBJECT) || 'A message without words'}`,
      priority: looksLikeRefusal && !unproved ? REFUSAL_PRIORITY : MESSAGE_PRIORITY,
      skills: [],
      dueAt: at,
      profileId,
      address,
      dialogueId,
      callId: null,
      data: { channel, connector, reviewId: id, looksLikeRefusal, unproved },
      origin: inboundOrigin(id),
    });
    if (!unproved) await this.addresses.hear(tx, [{ channel, address, news: { kind: 'proof', at } }]);
  }
}
