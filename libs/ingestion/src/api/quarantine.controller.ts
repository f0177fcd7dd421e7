import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { ApiDoc, newId, orThrow, ValidParams, ValidQuery } from '@repartee/platform';
import { z } from 'zod';

import { EventLog } from '../persistence/event-log.js';
import { Quarantine, type QuarantinedEvent } from '../persistence/quarantine.js';
import { Admission } from './admission.js';

const listSchema = z.object({
  source: z.string().max(200).optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const oneSchema = z.object({ id: z.uuid() });

/** Refused events: read why, and send them again. */
@Controller('v1/quarantine')
export class QuarantineController {
  constructor(
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(EventLog) private readonly log: EventLog,
  ) {}

  @Get()
  @Allow('server', { scope: 'events:read' })
  @ApiDoc({ summary: 'Events in quarantine, newest first', tags: ['Events'] })
  async list(@ValidQuery(listSchema) query: z.infer<typeof listSchema>) {
    const { cursor, limit, source } = query;
    const items = await this.quarantine.list({ limit: limit + 1, before: cursor, source });
    const page = items.slice(0, limit);
    return { items: page, nextCursor: items.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('server', { scope: 'events:write' })
  @ApiDoc({ summary: 'Send an event from quarantine again', tags: ['Events'] })
  async replay(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    const held = await this.quarantine.get(id);
    if (!held) return orThrow(fail(failure('INGESTION.NOT_IN_QUARANTINE', 'No event waits under this id.')));
    if (held.code === 'INGESTION.PROCESSING_FAILED') await this.quarantine.requeue(id);
    else {
      if (!(await this.quarantine.isImported(id))) orThrow(await this.again(held));
      await this.quarantine.markReplayed(id);
    }
    return { success: true };
  }

  /** The quarantine id stands in for a missing message id, so that replaying twice counts once. */
  private async again(held: QuarantinedEvent): Promise<Result<void>> {
    const { source, verified, body } = held;
    const envelope = { source, verified, receivedAt: Date.parse(held.receivedAt) };
    const event: unknown = JSON.parse(body);
    const outcome = this.admission.judge(event, envelope, newId());
    if (!('admitted' in outcome)) {
      const { errors } = 'rejected' in outcome ? outcome.rejected : outcome.offPlan;
      return fail(failure('INGESTION.REPLAY_REFUSED', 'It cannot enter the log as it is.', { errors }));
    }
    const { admitted } = outcome;
    const named = typeof event === 'object' && event !== null && 'messageId' in event;
    await this.log.append([named ? admitted : { ...admitted, messageId: `quarantine:${held.id}` }]);
    return ok(undefined);
  }
}
