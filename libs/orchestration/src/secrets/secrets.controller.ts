import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Allow, knownCallerOf } from '@repartee/access';
import { AuditLog } from '@repartee/governance';
import { ApiDoc, KeyRotation } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

const stateSchema = z.object({
  keyId: z.string().nullable().describe('The master key that seals now; null before the first secret'),
  source: z.enum(['environment', 'file']),
  secrets: z.array(z.object({ keyId: z.string(), count: z.int() })).describe('How many each key wraps'),
});
const rotationSchema = stateSchema.extend({
  changed: z.boolean().describe('No where the environment names no newer key'),
  rewrapped: z.int(),
  unreadable: z.int().describe('Secrets that the keys of this process do not open; they stay as they are'),
});

/** The master key of stored secrets: those of connectors and webhooks. */
@Controller('v1/secrets')
@Allow('admin')
export class SecretsController {
  constructor(
    @Inject(KeyRotation) private readonly rotation: KeyRotation,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @Get()
  @ApiDoc({
    summary: 'Which master key seals, and how many secrets each wraps',
    tags: ['Secrets'],
    responses: { 200: stateSchema },
  })
  state() {
    return this.rotation.state();
  }

  @Post('rotate')
  @HttpCode(200)
  @ApiDoc({
    summary: 'Change the master key and wrap all secrets by the new one',
    description:
      'The new key is the first of REPARTEE_SECRETS_KEY, or made and kept in DATA_DIR. Everything can be read meanwhile; what is interrupted goes on at the next start, or the next call.',
    tags: ['Secrets'],
    responses: { 200: rotationSchema },
  })
  async rotate(@Req() request: FastifyRequest) {
    const rotated = await this.rotation.rotate();
    const { keyId, rewrapped, unreadable } = rotated;
    const detail = { step: 'rotate', keyId, rewrapped, unreadable };
    this.audit.note({ actor: knownCallerOf(request).keyId, action: 'configure', subject: 'secrets', detail });
    return rotated;
  }
}
