import { Controller, Delete, Get, Header, HttpCode, Post } from '@nestjs/common';
import {
  ApiDoc,
  IgnoresIdempotencyKey,
  orThrow,
  ValidBody,
  ValidParams,
  ValidQuery,
} from '@repartee/platform';
import type { z } from 'zod';
import type { Principal } from '../domain/index.js';
import { Allow } from './allow.js';
import { Caller } from './caller.js';
import { KeyAdministration } from './key-administration.js';
import {
  issuedKeySchema,
  issuedSigningSecretSchema,
  keyIdSchema,
  keyListSchema,
  keyPageSchema,
  newKeySchema,
  newSigningSecretSchema,
  rotationSchema,
  type NewKey,
} from './key-schemas.js';

/** `/v1/keys`. Answers that hold a secret are not kept for `Idempotency-Key`: secrets are stored hashed or not at all. */
@Allow('admin')
@Controller('v1/keys')
export class KeysController {
  constructor(private readonly administration: KeyAdministration) {}

  @Get()
  @ApiDoc({ summary: 'Lists keys, without their secrets', responses: { 200: keyPageSchema } })
  list(@ValidQuery(keyListSchema) { cursor, limit }: z.output<typeof keyListSchema>) {
    return this.administration.list(cursor, limit);
  }

  @Post()
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({ summary: 'Makes a key; the one time it is shown', responses: { 201: issuedKeySchema } })
  async create(@ValidBody(newKeySchema) body: NewKey, @Caller() caller: Principal) {
    return orThrow(await this.administration.create(body, caller));
  }

  @Post('signing-secrets')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: "Makes a source's next signing secret for user tokens; the one time it is shown",
    responses: { 201: issuedSigningSecretSchema },
  })
  rotateSigningSecret(@ValidBody(newSigningSecretSchema) body: z.output<typeof newSigningSecretSchema>) {
    return this.administration.rotateSigningSecret(body.source, body.overlapSeconds);
  }

  @Post(':id/rotate')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Gives a key a new secret; the present one works for another while',
    responses: { 201: issuedKeySchema },
  })
  async rotate(
    @ValidParams(keyIdSchema) { id }: z.output<typeof keyIdSchema>,
    @ValidBody(rotationSchema) body: z.output<typeof rotationSchema>,
    @Caller() caller: Principal,
  ) {
    return orThrow(await this.administration.rotate(id, body.overlapSeconds, caller));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDoc({ summary: 'Revokes a key at once, everywhere within five seconds', responses: { 204: null } })
  async revoke(
    @ValidParams(keyIdSchema) { id }: z.output<typeof keyIdSchema>,
    @Caller() caller: Principal,
  ): Promise<void> {
    orThrow(await this.administration.revoke(id, caller));
  }
}
