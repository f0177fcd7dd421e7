import { Controller, Delete, Get, Header, HttpCode, Post, Put } from '@nestjs/common';
import {
  ApiDoc,
  IgnoresIdempotencyKey,
  orThrow,
  ValidBody,
  ValidParams,
  ValidQuery,
} from '@repartee/platform';
import type { z } from 'zod';
import type { Principal } from '../../domain/index.js';
import { Allow } from '../allow.js';
import { Caller } from '../caller.js';
import { AccountAdministration } from './account-administration.js';
import {
  accountListSchema,
  accountPageSchema,
  accountSchema,
  disabledSchema,
  idSchema,
  invitedSchema,
  linkSchema,
  newAccountSchema,
  rolesSchema,
  type NewAccount,
} from './people-schemas.js';

type Id = z.output<typeof idSchema>;
const tags = ['Accounts'];

/** `/v1/accounts`: who works here, and as what. Answers with links are not kept for `Idempotency-Key`. */
@Allow('admin')
@Controller('v1/accounts')
export class AccountsController {
  constructor(private readonly administration: AccountAdministration) {}

  @Get()
  @ApiDoc({ summary: 'The people who may sign in', tags, responses: { 200: accountPageSchema } })
  list(@ValidQuery(accountListSchema) { cursor, limit }: z.output<typeof accountListSchema>) {
    return this.administration.list(cursor, limit);
  }

  @Get(':id')
  @ApiDoc({ summary: 'One of them', tags, responses: { 200: accountSchema } })
  async one(@ValidParams(idSchema) { id }: Id) {
    return orThrow(await this.administration.one(id));
  }

  @Post()
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Invite somebody',
    description: 'Nothing is sent: hand the link over. It sets their password, once, within 24 hours.',
    tags,
    responses: { 201: invitedSchema },
  })
  async invite(@ValidBody(newAccountSchema) body: NewAccount, @Caller() caller: Principal) {
    return orThrow(await this.administration.invite(body, caller.keyId));
  }

  @Put(':id/roles')
  @ApiDoc({
    summary: 'Say what somebody may do',
    description: 'It holds at their very next request.',
    tags,
    responses: { 200: accountSchema },
  })
  async setRoles(
    @ValidParams(idSchema) { id }: Id,
    @ValidBody(rolesSchema) { roles }: z.output<typeof rolesSchema>,
    @Caller() caller: Principal,
  ) {
    return orThrow(await this.administration.setRoles(id, roles, caller.keyId));
  }

  @Put(':id/disabled')
  @ApiDoc({
    summary: 'Let somebody in no longer, or again',
    description: 'Who is disabled is signed out everywhere.',
    tags,
    responses: { 200: accountSchema },
  })
  async setDisabled(
    @ValidParams(idSchema) { id }: Id,
    @ValidBody(disabledSchema) { disabled }: z.output<typeof disabledSchema>,
    @Caller() caller: Principal,
  ) {
    return orThrow(await this.administration.setDisabled(id, disabled, caller.keyId));
  }

  @Post(':id/reset-link')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'A link with which somebody sets a new password',
    description: 'Good once, for 24 hours; links before are void. The present password goes on until then.',
    tags,
    responses: { 201: linkSchema },
  })
  async resetLink(@ValidParams(idSchema) { id }: Id, @Caller() caller: Principal) {
    return orThrow(await this.administration.resetLink(id, caller.keyId));
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @ApiDoc({ summary: 'Sign somebody out everywhere', tags, responses: { 204: null } })
  async endSessions(@ValidParams(idSchema) { id }: Id, @Caller() caller: Principal): Promise<void> {
    orThrow(await this.administration.endSessions(id, caller.keyId));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDoc({ summary: 'Remove an account and what is kept of it', tags, responses: { 204: null } })
  async remove(@ValidParams(idSchema) { id }: Id, @Caller() caller: Principal): Promise<void> {
    orThrow(await this.administration.remove(id, caller.keyId));
  }
}
