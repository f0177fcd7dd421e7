import { Controller, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@repartee/access';
import { FirstChances, Receipts } from '@repartee/decisioning';
import type { Receipt } from '@repartee/decisioning/domain';
import { AuditLog } from '@repartee/governance';
import { EventPages } from '@repartee/ingestion';
import { ApiDoc, Clock, ValidBody } from '@repartee/platform';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';

const KINDS = ['events', 'decisions', 'responses'] as const;
const bodySchema = z
  .strictObject({
    kinds: z
      .array(z.enum(KINDS))
      .min(1)
      .default([...KINDS]),
    from: z.iso.datetime({ offset: true }).optional().describe('The first moment of receipt or decision'),
    until: z.iso.datetime({ offset: true }).optional().describe('The first moment after; now unless given'),
    chances: z
      .int()
      .min(0)
      .max(100_000)
      .default(0)
      .describe('Of so many receipts that lack them the chances of first places are worked out'),
    source: z.string().min(1).max(200).optional().describe('Of events alone'),
  })
  .default({ kinds: [...KINDS], chances: 0 });
type Body = z.output<typeof bodySchema>;

/** A line of an export. */
const lineSchema = z.object({
  kind: z.enum(['event', 'decision', 'response']),
  data: z.record(z.string(), z.unknown()),
});

/** What happened, for a warehouse: everything of some kinds and a span of time, streamed. */
@Controller('v1/exports')
export class ExportsController {
  constructor(
    @Inject(EventPages) private readonly events: EventPages,
    @Inject(Receipts) private readonly receipts: Receipts,
    @Inject(FirstChances) private readonly chances: FirstChances,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Allow('server', { scope: 'exports:read' })
  @ApiDoc({
    summary: 'Events, decisions and responses as NDJSON',
    description:
      'Streamed, one kind after the other, each in the order of time. What waits because its person restricted processing is left out, and so are receipts of people who were erased.',
    tags: ['Events'],
    responses: { 200: lineSchema },
  })
  export(@ValidBody(bodySchema) body: Body, @Caller() caller: Principal, @Res() reply: FastifyReply) {
    this.audit.note({ actor: caller.keyId, action: 'export', subject: 'everybody', detail: { ...body } });
    return reply
      .headers({ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
      .send(Readable.from(this.lines(body)));
  }

  private async *decisions(from: number, until: number, chances: number): AsyncGenerator<Receipt> {
    let left = chances;
    for await (const receipt of this.receipts.between(from, until)) {
      const lacks = receipt.zones.some(({ first }) => first === null);
      if (lacks) left -= 1;
      yield lacks && left >= 0 ? await this.chances.complete(receipt) : receipt;
    }
  }

  private async *lines({ kinds, source, chances, ...span }: Body): AsyncGenerator<string> {
    const from = span.from === undefined ? 0 : Date.parse(span.from);
    const until = span.until === undefined ? this.clock.now() + 1 : Date.parse(span.until);
    const line = (kind: z.output<typeof lineSchema>['kind'], data: object) =>
      `${JSON.stringify({ kind, data })}\n`;
    if (kinds.includes('events'))
      for await (const event of this.events.read({ from, until, source, responses: false }))
        yield line('event', event);
    if (kinds.includes('decisions'))
      for await (const receipt of this.decisions(from, until, chances)) yield line('decision', receipt);
    if (kinds.includes('responses'))
      for await (const event of this.events.read({ from, until, responses: true }))
        yield line('response', event);
  }
}
