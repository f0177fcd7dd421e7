import { Controller, Delete, Get, Header, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { fail, failure } from '@repartee/contracts';
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
import type { z } from 'zod';
import { Allow } from '../allow.js';
import { OidcSignOut } from '../oidc/oidc-sign-out.js';
import { KNOWN_BROWSER_SECONDS } from './known-browsers.js';
import { knownPersonOf } from './person-callers.js';
import {
  idSchema,
  meSchema,
  sessionPageSchema,
  signedInSchema,
  signedOutSchema,
  signInSchema,
} from './people-schemas.js';
import { signedInView, type SignedIn } from './people-views.js';
import { PersonSessions } from './person-sessions.js';
import { Cookies, fromOf } from './session-cookie.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';

const tags = ['Signing in'];

/** Signing in and out, and one's own sessions. */
@Controller('v1/sessions')
@Allow('person')
export class SessionsController {
  private readonly cookies: Cookies;

  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly sessions: PersonSessions,
    private readonly atProvider: OidcSignOut,
    @Inject(CONFIG) config: Config,
  ) {
    this.cookies = new Cookies(config.publicUrl);
  }

  @Post()
  @Open('people sign in here')
  @IgnoresIdempotencyKey()
  @Header('cache-control', 'no-store')
  @ApiDoc({
    summary: 'Sign in with address and password',
    description:
      'Answers with the httpOnly cookie `repartee_session` (`__Host-repartee_session` under https). What goes wrong is said alike whether there is such an account or not. After some failures there is a wait, `Retry-After` says how long.',
    tags,
    responses: { 201: signedInSchema },
  })
  async open(
    @ValidBody(signInSchema) { email, password, returnTo }: z.output<typeof signInSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    // Another site must not sign somebody in as somebody else. Who sends no Origin is no browser.
    const { origin, host } = request.headers;
    if (origin !== undefined && !this.sessions.isOurs(origin, host))
      orThrow(fail(failure('ACCESS.CSRF', 'Sign in on our own page')));
    const opened = orThrow(
      await this.signIn.withPassword({
        email,
        password,
        from: fromOf(request),
        device: this.cookies.read(request, 'repartee_device'),
        session: this.cookies.read(request, 'repartee_session'),
      }),
    );
    this.cookies.write(reply, 'repartee_session', opened.token);
    this.cookies.write(reply, 'repartee_device', opened.device, KNOWN_BROWSER_SECONDS);
    return signedInView(opened.caller, returnTo);
  }

  @Get('me')
  @Header('cache-control', 'no-store')
  @ApiDoc({ summary: 'Who is signed in', tags, responses: { 200: signedInSchema } })
  me(
    @Req() request: FastifyRequest,
    @ValidQuery(meSchema) { returnTo }: z.output<typeof meSchema>,
  ): SignedIn {
    return signedInView(knownPersonOf(request), returnTo);
  }

  @Get()
  @ApiDoc({ summary: 'The browsers in which one is signed in', tags, responses: { 200: sessionPageSchema } })
  async list(@Req() request: FastifyRequest) {
    return { items: await this.signOut.sessionsOf(knownPersonOf(request)), nextCursor: null };
  }

  @Delete('me')
  @ApiDoc({ summary: 'Sign out', tags, responses: { 200: signedOutSchema } })
  async end(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof signedOutSchema>> {
    const person = knownPersonOf(request);
    orThrow(await this.signOut.one(person, person.principal.person.sessionId));
    this.cookies.clear(reply, 'repartee_session');
    return { next: await this.atProvider.nextFor(person) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiDoc({ summary: 'Sign out elsewhere', tags, responses: { 204: null } })
  async endOne(
    @ValidParams(idSchema) { id }: z.output<typeof idSchema>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    orThrow(await this.signOut.one(knownPersonOf(request), id));
  }

  @Delete()
  @HttpCode(204)
  @ApiDoc({ summary: 'Sign out everywhere, here too', tags, responses: { 204: null } })
  async endAll(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.signOut.everywhere(knownPersonOf(request));
    this.cookies.clear(reply, 'repartee_session');
  }
}
