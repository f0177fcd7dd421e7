import { Controller, Header, HttpCode, Post, Put, Req } from '@nestjs/common';
import { ApiDoc, IgnoresIdempotencyKey, Open, orThrow, ValidBody } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Allow } from '../allow.js';
import { Passwords } from './passwords.js';
import { linkOwnerSchema, linkTokenSchema, passwordChangeSchema, redeemSchema } from './people-schemas.js';
import { knownPersonOf } from './person-callers.js';

const tags = ['Signing in'];

/** One's own password. */
@Controller('v1/passwords')
@Allow('person')
export class PasswordsController {
  constructor(private readonly passwords: Passwords) {}

  @Put('me')
  @HttpCode(204)
  @IgnoresIdempotencyKey()
  @ApiDoc({ summary: 'Change one’s password; signs out everywhere else', tags, responses: { 204: null } })
  async change(
    @ValidBody(passwordChangeSchema) { current, next }: z.output<typeof passwordChangeSchema>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    orThrow(await this.passwords.change(knownPersonOf(request), current, next));
  }

  @Post('links')
  @HttpCode(200)
  @Open('whoever holds a link sees whose it is')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({ summary: 'Whose link it is', tags, responses: { 200: linkOwnerSchema } })
  async link(@ValidBody(linkTokenSchema) { token }: z.output<typeof linkTokenSchema>) {
    const { email, name } = orThrow(await this.passwords.ofLink(token));
    return { email, name };
  }

  @Post('links/redeem')
  @HttpCode(204)
  @Open('whoever holds a link may use it once')
  @IgnoresIdempotencyKey()
  @ApiDoc({ summary: 'Set a password with a link; signs out everywhere', tags, responses: { 204: null } })
  async redeem(@ValidBody(redeemSchema) { token, password }: z.output<typeof redeemSchema>): Promise<void> {
    orThrow(await this.passwords.redeem(token, password));
  }
}
