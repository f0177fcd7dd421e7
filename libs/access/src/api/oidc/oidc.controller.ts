import { Controller, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  ApiDoc,
  CONFIG,
  type Config,
  IgnoresIdempotencyKey,
  Open,
  orThrow,
  ValidBody,
  ValidParams,
  ValidQuery,
} from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Cookies, fromOf } from '../people/session-cookie.js';
import { OidcProvider } from './oidc-provider.js';
import { FLOW_SECONDS, OidcSignIn } from './oidc-sign-in.js';
import { OidcSignOut } from './oidc-sign-out.js';

const tags = ['Signing in'];
const providerSchema = z.object({ provider: z.string().max(40) });
const startSchema = z.object({
  returnTo: z.string().max(2000).optional().describe('A path of ours to come back to'),
});
const listSchema = z.object({
  items: z.array(z.object({ key: z.string(), name: z.string(), startUrl: z.string() })),
  nextCursor: z.null(),
});
const logoutSchema = z.object({ logout_token: z.string().min(1).max(10_000) });

type Provider = z.output<typeof providerSchema>;

/** Signing in at an OpenID provider. */
@Controller('v1/oidc')
export class OidcController {
  private readonly cookies: Cookies;

  constructor(
    private readonly provider: OidcProvider,
    private readonly signIn: OidcSignIn,
    private readonly signOut: OidcSignOut,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config.publicUrl);
  }

  @Get()
  @Open('the sign-in page shows them')
  @ApiDoc({ summary: 'The providers at which people may sign in', tags, responses: { 200: listSchema } })
  list() {
    const items = this.provider.all.map(({ key, name }) => ({
      key,
      name,
      startUrl: `/v1/oidc/${key}/start`,
    }));
    return { items, nextCursor: null };
  }

  @Get(':provider/start')
  @Open('people sign in here')
  @Header('cache-control', 'no-store')
  @ApiDoc({ summary: 'Leads a browser to the provider', tags, responses: { 302: null } })
  async start(
    @ValidParams(providerSchema) { provider }: Provider,
    @ValidQuery(startSchema) { returnTo }: z.output<typeof startSchema>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const begun = await this.signIn.begin(provider, returnTo);
    if (!begun.ok && begun.failure.code === 'ACCESS.PROVIDER_UNAVAILABLE') {
      void reply.redirect('/signin?problem=provider', 302);
      return;
    }
    const { url, flow } = orThrow(begun);
    this.cookies.write(reply, 'repartee_oidc', flow, FLOW_SECONDS);
    void reply.redirect(url, 302);
  }

  @Get(':provider/callback')
  @Open('the provider sends people back here')
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Takes somebody back from the provider',
    description: 'Leads on to where they wanted to go; where it failed to `/signin?problem=…`.',
    tags,
    responses: { 302: null },
  })
  async callback(
    @ValidParams(providerSchema) { provider }: Provider,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { url } = request;
    const finished = await this.signIn.finish(provider, {
      query: url.includes('?') ? url.slice(url.indexOf('?')) : '',
      flow: this.cookies.read(request, 'repartee_oidc'),
      from: fromOf(request),
      session: this.cookies.read(request, 'repartee_session'),
    });
    if (!finished.ok && finished.failure.code === 'ACCESS.PROVIDER_NOT_FOUND') orThrow(finished);
    this.cookies.clear(reply, 'repartee_oidc');
    if (!finished.ok) {
      void reply.redirect(`/signin?problem=${PROBLEMS[finished.failure.code] ?? 'provider'}`, 302);
      return;
    }
    this.cookies.write(reply, 'repartee_session', finished.value.token);
    void reply.redirect(finished.value.returnTo, 302);
  }

  @Post(':provider/back-channel-logout')
  @HttpCode(200)
  @Open('the provider signs what it says')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Hears from the provider that somebody signed out there',
    consumes: ['application/x-www-form-urlencoded'],
    tags,
    responses: { 200: null },
  })
  async backChannelLogout(
    @ValidParams(providerSchema) { provider }: Provider,
    @ValidBody(logoutSchema) { logout_token: token }: z.output<typeof logoutSchema>,
  ): Promise<void> {
    orThrow(await this.signOut.byProvider(provider, token));
  }
}

/** What the sign-in page says: no more than these words leave in the address. */
const PROBLEMS: Readonly<Record<string, string>> = {
  'ACCESS.LINK_INVALID': 'again',
  'ACCESS.SIGN_IN_FAILED': 'refused',
};
