import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { orThrow, RouteGate } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';
import { authorize, parseAuthorization, type Principal } from '../domain/index.js';
import type { GuardedRoute, RouteRule } from './allow.js';
import { setCaller } from './caller.js';
import { Keys } from './keys.js';
import { personOf } from './people/person-callers.js';
import { PersonSessions, type PersonCaller } from './people/person-sessions.js';
import { ruleOf } from './route-rules.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Lets a request through when its route's rule does. A route without a rule is closed. */
@Injectable()
export class AccessGuard extends RouteGate implements CanActivate {
  constructor(
    private readonly keys: Keys,
    private readonly people: PersonSessions,
  ) {
    super();
  }

  canActivate(context: ExecutionContext): boolean {
    // Messages of the bus come from ourselves.
    if (context.getType() !== 'http') return true;
    this.apply(
      ruleOf(context.getClass(), context.getHandler()),
      context.switchToHttp().getRequest<FastifyRequest>(),
    );
    return true;
  }

  of(controller: object, handler: object): (request: FastifyRequest) => void {
    const rule = ruleOf(controller, handler);
    return (request) => this.apply(rule, request);
  }

  private apply(rule: RouteRule | undefined, request: FastifyRequest): void {
    if (!rule) orThrow(fail(failure('ACCESS.FORBIDDEN', 'Nobody may call this: the route has no rule')));
    else if (!('open' in rule)) this.check(rule, request);
  }

  private check(rule: GuardedRoute, request: FastifyRequest): void {
    const found = this.authenticate(rule, request);
    if (!found) return;
    const caller = orThrow(found);
    setCaller(
      request,
      orThrow(authorize(rule, caller, request.method, () => request.routeOptions.url ?? '')),
    );
  }

  /** Undefined where the handler has yet to look into the raw body, or at a ticket. */
  private authenticate(rule: GuardedRoute, request: FastifyRequest): Result<Principal> | undefined {
    const { authorization, origin, host } = request.headers;
    if (authorization === undefined && rule.writeKeyInBody) {
      if (Buffer.isBuffer(request.body)) return undefined;
      const writeKey = writeKeyOf(request.body);
      if (writeKey !== undefined) return this.keys.authenticatePublic(writeKey, origin, host);
    }
    if (authorization === undefined && rule.ticketInQuery && hasTicket(request.query)) return undefined;
    const person = personOf(request);
    if (person) return this.fromOurPage(person, request);
    const credential = authorization === undefined ? null : parseAuthorization(authorization);
    const basicHere = rule.kinds.includes('public');
    if (!credential || (credential.scheme === 'basic' && !basicHere)) {
      return this.keys.authenticateAuthorization(undefined);
    }
    return this.keys.authenticate(credential, origin, host);
  }

  /** A browser sends the cookie whoever asks it to: what changes something must come from a page of ours. */
  private fromOurPage(person: PersonCaller, request: FastifyRequest): Result<Principal> {
    const { origin, host } = request.headers;
    if (SAFE_METHODS.has(request.method)) return ok(person.principal);
    const checked = this.people.checkOrigin(person, { origin, host, shown: request.headers['x-csrf-token'] });
    return checked.ok ? ok(person.principal) : checked;
  }
}

function writeKeyOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'writeKey')) return undefined;
  const { writeKey } = body as { writeKey: unknown };
  return typeof writeKey === 'string' ? writeKey : undefined;
}

function hasTicket(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'ticket' in query && typeof query.ticket === 'string';
}
