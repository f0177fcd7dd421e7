import { Inject, Injectable } from '@nestjs/common';
import type { Failure } from '@repartee/contracts';
import { Receipts, happenedAt } from '@repartee/delivery';
import { HearCall } from '@repartee/engagement';
import { Ingest } from '@repartee/ingestion';
import { PermanentFailure } from '@repartee/platform';
import { Respond } from '../respond/respond.js';
import type { FactAtHand } from './fact-at-hand.js';

/** Responses and events that a provider reports, each an event of the log; and reports of calls. */
@Injectable()
export class EventFacts {
  constructor(
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Respond) private readonly responses: Respond,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(HearCall) private readonly calls: HearCall,
  ) {}

  hear(stored: FactAtHand<'response' | 'event' | 'call'>): Promise<void> {
    const { fact } = stored;
    if (fact.kind === 'call') return this.call({ ...stored, fact });
    return fact.kind === 'response' ? this.respond({ ...stored, fact }) : this.event({ ...stored, fact });
  }

  private async respond(stored: FactAtHand<'response'>): Promise<void> {
    const { token, type, humanProbability } = stored.fact;
    const at = happenedAt(stored);
    const heard = await this.responses.respond({
      responseId: `fact:${stored.id}`,
      token,
      type,
      at: new Date(at).toISOString(),
      ...(humanProbability !== undefined && { humanProbability }),
    });
    if (!heard.ok) throw failed(heard.failure);
    if (type !== 'not_presented') await this.receipts.answered(heard.value.offer.profileId, token, at);
  }

  private async call(stored: FactAtHand<'call'>): Promise<void> {
    const { callId: externalId, taskId, event, direction, number, queue, agent } = stored.fact;
    const call = { source: stored.connector, externalId, taskId: taskId ?? null };
    const report = { id: stored.id, event, at: happenedAt(stored), direction, number, queue, agent };
    await this.calls.hear(call, report);
  }

  private async event({ id, connector, fact }: FactAtHand<'event'>): Promise<void> {
    const body = { ...fact.event, messageId: fact.event.messageId ?? `fact:${id}` };
    const taken = await this.ingest.one({
      caller: { kind: 'server', keyId: `connector:${connector}`, source: connector, scopes: [] },
      body,
      text: JSON.stringify(body),
      type: fact.event.type,
    });
    // What the schema or plan refuses waits in quarantine.
    if (!taken.ok && taken.failure.extra?.['quarantineId'] === undefined) throw failed(taken.failure);
  }
}

/** Overload passes; what was refused will be refused again. */
function failed({ code, detail, retryAfter }: Failure): Error {
  const words = `${code}: ${detail}`;
  return retryAfter === undefined ? new PermanentFailure(words) : new Error(words);
}
