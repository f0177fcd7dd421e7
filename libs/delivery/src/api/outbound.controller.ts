import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import { AuditLog } from '@repartee/governance';
import { ApiDoc, ValidBody } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DispatchBell } from '../dispatch-bell.js';
import { type Pause, pauseScopes } from '../domain/gate.js';
import { Pauses } from '../persistence/pauses.js';

const scoped = { scope: z.enum(pauseScopes), key: z.string().min(1).max(200).optional() };
const hasKey = ({ scope, key }: { scope: string; key?: string }) => (scope === 'all') === (key === undefined);
const keyed = { path: ['key'], message: 'belongs to every scope but all' };
const resumeSchema = z.strictObject(scoped).refine(hasKey, keyed);
const pauseSchema = z
  .strictObject({
    ...scoped,
    /** Seconds to wait for what is under way to end. */
    drain: z.number().min(0).max(60).default(0),
  })
  .refine(hasKey, keyed);

const LOOK = 50;

/** The brake: everything, a channel, a connector, a campaign or an offer stops at the next send. */
@Controller('v1/outbound')
export class OutboundController {
  constructor(
    @Inject(Pauses) private readonly pauses: Pauses,
    @Inject(DispatchBell) private readonly bell: DispatchBell,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Post('pause')
  @HttpCode(200)
  @Allow('admin', { scope: 'messages:write' })
  @ApiDoc({
    summary: 'Stop everything, a channel, a connector, a campaign or an offer, at the next send',
    description:
      '`inFlight` tells how many attempts of the scope had left before and have no answer yet; `drain` waits so many seconds for them to end.',
    tags: ['Messages'],
  })
  async pause(
    @ValidBody(pauseSchema) { scope, key = '', drain }: z.infer<typeof pauseSchema>,
    @Req() request: FastifyRequest,
  ) {
    const pause = { scope, key };
    await this.pauses.pause(pause);
    this.note(request, pause, 'paused');
    return { pauses: await this.pauses.list(), inFlight: await this.drained(pause, drain * 1000) };
  }

  @Post('resume')
  @HttpCode(200)
  @Allow('admin', { scope: 'messages:write' })
  @ApiDoc({ summary: 'Let go on what was paused', tags: ['Messages'] })
  async resume(
    @ValidBody(resumeSchema) { scope, key = '' }: z.infer<typeof resumeSchema>,
    @Req() request: FastifyRequest,
  ) {
    await this.pauses.resume({ scope, key });
    this.note(request, { scope, key }, 'resumed');
    this.bell.ring();
    return { pauses: await this.pauses.list() };
  }

  private async drained(pause: Pause, patience: number): Promise<number> {
    const deadline = performance.now() + patience;
    for (;;) {
      const left = await this.pauses.underWay(pause);
      if (left === 0 || performance.now() >= deadline) return left;
      await sleep(LOOK);
    }
  }

  private note(request: FastifyRequest, { scope, key }: Pause, what: string): void {
    const subject = key === '' ? `outbound/${scope}` : `outbound/${scope}/${key}`;
    this.audit.note({ actor: knownCallerOf(request).keyId, action: 'configure', subject, detail: { what } });
  }
}
