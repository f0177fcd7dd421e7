import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { Allow } from '@repartee/access';
import { ApiDoc, orThrow, ValidBody, ValidParams, ValidQuery } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { z } from 'zod';
import { Deliveries } from '../deliveries.js';
import type { Delivery } from '../domain/delivery.js';
import { type Pause, pausedBy, pauseScopes } from '../domain/gate.js';
import type { LedgerAttempt } from '../persistence/attempts.js';
import { Ledger } from '../persistence/ledger.js';
import { Pauses } from '../persistence/pauses.js';

const oneSchema = z.object({ id: z.uuid() });
const listSchema = z.object({
  profile: z.string().min(1).max(600),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const pauseSchema = z
  .strictObject({
    scope: z.enum(pauseScopes),
    key: z.string().min(1).max(200).optional(),
  })
  .refine(({ scope, key }) => (scope === 'all') === (key === undefined), {
    path: ['key'],
    message: 'belongs to every scope but all',
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
  };
}

/** How messages stand, and the brake. */
@Controller('v1')
export class DeliveriesController {
  constructor(
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Pauses) private readonly pauses: Pauses,
    @Inject(Profiles) private readonly profiles: Profiles,
  ) {}

  @Get('deliveries')
  @Allow('server', { scope: 'messages:read' })
  @ApiDoc({ summary: 'The deliveries to one person, newest first', tags: ['Messages'] })
  async list(@ValidQuery(listSchema) { profile, cursor, limit }: z.infer<typeof listSchema>) {
    const { record } = orThrow(await this.profiles.find(profile));
    const found = await this.ledger.list(record.family, { limit: limit + 1, before: cursor });
    const page = found.slice(0, limit);
    const pauses = await this.pauses.list();
    return {
      items: page.map((delivery) => document(delivery, pauses)),
      nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  }

  @Get('deliveries/:id')
  @Allow('server', { scope: 'messages:read' })
  @ApiDoc({ summary: 'One delivery with its attempts', tags: ['Messages'] })
  async get(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    const { delivery, attempts } = orThrow(await this.deliveries.get(id));
    return document(delivery, await this.pauses.list(), attempts);
  }

  @Post('deliveries/:id/cancel')
  @HttpCode(200)
  @Allow('server', { scope: 'messages:write' })
  @ApiDoc({ summary: 'Call a delivery off, while it has not left', tags: ['Messages'] })
  async cancel(@ValidParams(oneSchema) { id }: z.infer<typeof oneSchema>) {
    orThrow(await this.deliveries.cancel(id));
    return { status: 'cancelled' };
  }

  @Post('outbound/pause')
  @HttpCode(200)
  @Allow('admin', { scope: 'messages:write' })
  @ApiDoc({
    summary: 'Stop everything, a channel, a campaign or an offer, at the next send',
    tags: ['Messages'],
  })
  async pause(@ValidBody(pauseSchema) { scope, key = '' }: z.infer<typeof pauseSchema>) {
    await this.pauses.pause({ scope, key });
    return { pauses: await this.pauses.list() };
  }

  @Post('outbound/resume')
  @HttpCode(200)
  @Allow('admin', { scope: 'messages:write' })
  @ApiDoc({ summary: 'Let go on what was paused', tags: ['Messages'] })
  async resume(@ValidBody(pauseSchema) { scope, key = '' }: z.infer<typeof pauseSchema>) {
    await this.pauses.resume({ scope, key });
    return { pauses: await this.pauses.list() };
  }
}
