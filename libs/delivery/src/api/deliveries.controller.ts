import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Deliveries } from '../deliveries.js';
import type { Delivery } from '../domain/delivery.js';
import { type Pause, pausedBy } from '../domain/gate.js';
import type { LedgerAttempt } from '../persistence/attempts.js';
import { Ledger } from '../persistence/ledger.js';
import { Pauses } from '../persistence/pauses.js';
import { UnknownDeliveries } from '../unknown-deliveries.js';
import { Receipts } from '../receipts.js';

const oneSchema = z.object({ id: z.uuid() });
const listSchema = z
  .object({
    profile: z.string().min(1).max(600).optional(),
    status: z.literal('unknown').optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ profile, status }) => (profile === undefined) !== (status === undefined), {
    path: ['profile'],
    message: 'either a profile, or status=unknown for those of everybody',
  });
const resolveSchema = z.strictObject({
  outcome: z.enum(['accepted', 'rejected']),
  reason: z.string().min(1).max(500).default('decided by a person'),
});
function document(
  {
    content: _content,
    data: _data,
    offerToken: _token,
    queue: _queue,
    traceparent: _trace,
    dueAt,
    ...delivery
  }: Delivery,
  pauses: readonly Pause[],
  attempts?: LedgerAttempt[],
  reported?: Awaited<ReturnType<Receipts['of']>>,
) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const waits = delivery.status === 'planned';
  const pause = waits ? pausedBy(delivery, pauses) : undefined;
  return {
    ...delivery,
    reason: pause ? `paused: ${pause.scope} ${pause.key}`.trim() : delivery.reason,
    createdAt: iso(delivery.createdAt),
    sendAt: iso(delivery.sendAt),
    holdUntil: waits && !pause && dueAt > delivery.sendAt ? iso(dueAt) : null,
    validUntil: iso(delivery.validUntil),
    attempts: attempts ?? delivery.attempts,
    ...(reported && {
      progress: reported.progress && { ...reported.progress, at: iso(reported.progress.at) },
      receipts: reported.receipts.map((receipt) => ({ ...receipt, at: iso(receipt.at) })),
    }),
  };
}

/** How messages stand. */
@Controller('v1')
export class DeliveriesController {
  constructor(
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Pauses) private readonly pauses: Pauses,
    @Inject(UnknownDeliveries) private readonly unknown: UnknownDeliveries,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Receipts) private readonly receipts: Receipts,
  ) {}

  @Get('deliveries')
  @Allow('server', { scope: 'messages:read' })
  @ApiDoc({
    summary: 'The deliveries to one person, or all that are unknown; newest first',
    tags: ['Messages'],
  })
  async list(@ValidQuery(listSchema) { profile, cursor, limit }: z.infer<typeof listSchema>) {
    const wanted = { limit: limit + 1, before: cursor };
    const found =
      profile === undefined
        ? await this.ledger.listUnknown(wanted)
        : await this.ledger.list(orThrow(await this.profiles.find(profile)).record.family, wanted);
    const page = found.slice(0, limit);
    const pauses = await this.pauses.list();
    return {
      items: page.map((delivery) => document(delivery, pauses)),
      nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }

  @Get('deliveries/:id')
  @Allow('server', { scope: 'messages:read' })
  @ApiDoc({
    summary: 'One delivery with its attempts, what the provider reported of it, and how far it got',
    tags: ['Messages'],
  })
  async get(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    const { delivery, attempts } = orThrow(await this.deliveries.get(id));
    return document(delivery, await this.pauses.list(), attempts, await this.receipts.of(id));
  }

  @Post('deliveries/:id/cancel')
  @HttpCode(200)
  @Allow('server', { scope: 'messages:write' })
  @ApiDoc({ summary: 'Call a delivery off, while it has not left', tags: ['Messages'] })
  async cancel(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    orThrow(await this.deliveries.cancel(id));
    return { status: 'cancelled' };
  }

  @Post('deliveries/:id/resolve')
  @HttpCode(200)
  @Allow('admin', { scope: 'messages:write' })
  @ApiDoc({
    summary: 'Say what became of a delivery that is unknown',
    description:
      'Where the provider cannot be asked somebody who found out, or takes it upon them, decides. Audited.',
    tags: ['Messages'],
  })
  async resolve(
    @ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>,
    @ValidBody(resolveSchema) { outcome, reason }: z.infer<typeof resolveSchema>,
    @Req() request: FastifyRequest,
  ) {
    const actor = knownCallerOf(request).keyId;
    orThrow(await this.unknown.resolve(id, { verdict: outcome, actor, reason }));
    return { status: outcome };
  }
}
