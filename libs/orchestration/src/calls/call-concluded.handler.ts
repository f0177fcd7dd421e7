import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CloudEvent, ResponseType } from '@repartee/contracts';
import { CALLS, type CallOutcome } from '@repartee/engagement';
import { Ingest } from '@repartee/ingestion';
import { newId, PermanentFailure } from '@repartee/platform';
import { consentKey, type ConsentPayload } from '@repartee/profile/domain';
import { internalEvent } from '../process-event/internal-event.js';
import { Respond } from '../respond/respond.js';

/** What the person said of the offer, by what the outcome means. */
const ANSWERS: Readonly<Partial<Record<CallOutcome['meaning'], ResponseType>>> = {
  sold: 'accept',
  no_interest: 'reject',
  do_not_call: 'reject',
  call_back: 'later',
};

/** Lets the event log hear of outcomes: the answer to the offer, and the wish for no more calls. Each counts once. */
@Controller()
export class CallConcludedHandler {
  constructor(
    @Inject(Respond) private readonly responses: Respond,
    @Inject(Ingest) private readonly ingest: Ingest,
  ) {}

  @EventPattern('call.concluded')
  async hear(@Payload() { data }: CloudEvent<CallOutcome>): Promise<void> {
    await this.answer(data);
    if (data.meaning === 'do_not_call' && data.profileId !== null) await this.refuse(data, data.profileId);
  }

  private async answer({ callId, meaning, token, at, callBackAt, value, currency }: CallOutcome) {
    const type = ANSWERS[meaning];
    if (token === null || type === undefined) return;
    const heard = await this.responses.respond({
      responseId: `call:${callId}`,
      token,
      type,
      at: new Date(at).toISOString(),
      ...(type === 'later' && callBackAt !== null && { until: new Date(callBackAt).toISOString() }),
      ...(type === 'accept' && value !== null && { value }),
      ...(type === 'accept' && currency !== null && { currency }),
    });
    if (heard.ok) return;
    const words = `${heard.failure.code}: ${heard.failure.detail}`;
    throw heard.failure.retryAfter === undefined ? new PermanentFailure(words) : new Error(words);
  }

  private async refuse({ callId, at }: CallOutcome, profileId: string): Promise<void> {
    const proof = { method: 'by word', form: `call ${callId}` };
    const payload: ConsentPayload = {
      profileId,
      consents: [{ key: consentKey({ channel: CALLS }), status: 'denied', proof }],
      preferences: {},
    };
    const said = await this.ingest.internal([
      internalEvent({
        id: newId(),
        type: 'consent',
        name: 'consent',
        messageId: `call:${callId}:consent`,
        at,
        subject: profileId,
        payload,
      }),
    ]);
    if (!said.ok) throw new Error(said.failure.detail);
  }
}
