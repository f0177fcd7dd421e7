import { Inject, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { callerOf } from '@repartee/access';
import { type AuditAction, AuditLog } from '@repartee/governance';
import { Profiles } from '@repartee/profile';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const WATCHED = /^\/v1\/(?:profiles|deliveries)(?:\/|$)/;
/** These write their entries themselves, in the transaction of what they do. */
const OWN_ENTRY = /\/(?:export|restrict|object)$/;

/** What an answer may tell of whom it is about. */
interface Answer {
  id?: unknown;
  identifiers?: unknown;
  items?: unknown;
}

/**
 * Notes who sees and who changes people, at the edge: every route below `/v1/profiles` is watched as it is made, so that
 * none can be forgotten, and no other route pays for it.
 */
@Injectable()
export class ProfileAudit {
  private readonly logger = new Logger(ProfileAudit.name);

  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Profiles) private readonly profiles: Profiles,
  ) {
    const server = host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRoute', (route) => this.watch(route));
  }

  private watch(route: RouteOptions): void {
    const method = String(route.method);
    if (!WATCHED.test(route.url) || OWN_ENTRY.test(route.url) || method === 'DELETE') return;
    const action = actionOf(method, route.url);
    const what = `${method} ${route.url}`;
    route.preSerialization = (request, _reply, payload, done) => {
      void this.note(request, payload ?? {}, action, what).catch((error: unknown) =>
        this.logger.warn(`who saw a person could not be noted: ${String(error)}`),
      );
      done(null, payload);
    };
  }

  private async note(
    request: FastifyRequest,
    answer: Answer,
    action: AuditAction,
    route: string,
  ): Promise<void> {
    const actor = callerOf(request)?.keyId;
    if (actor === undefined) return;
    for (const subject of await this.subjectsOf(request, answer))
      this.audit.note({ actor, action, subject, detail: { route } });
  }

  /** Whom an answer shows: the profile it is, the profiles it lists, or whom the address names. */
  private async subjectsOf(request: FastifyRequest, answer: Answer): Promise<string[]> {
    if (typeof answer.id === 'string' && Array.isArray(answer.identifiers)) return [answer.id];
    const named = (request.params as { reference?: string; id?: string } | undefined) ?? {};
    const { profile } = (request.query as { profile?: unknown } | undefined) ?? {};
    const reference = request.url.startsWith('/v1/profiles') ? (named.reference ?? named.id) : profile;
    if (typeof reference === 'string') return this.resolve(reference);
    const items = Array.isArray(answer.items) ? (answer.items as Answer[]) : [];
    return items.flatMap(({ id, identifiers }) => (typeof id === 'string' && identifiers ? [id] : []));
  }

  private async resolve(reference: string): Promise<string[]> {
    const found = await this.profiles.find(reference);
    if (found.ok) return [found.value.record.id];
    return UUID.test(reference) ? [reference] : [];
  }
}

function actionOf(method: string, url: string): AuditAction {
  if (method === 'GET' || method === 'HEAD' || url.endsWith('/lookup')) return 'read';
  if (url.endsWith('/merge')) return 'merge';
  return url.endsWith('/split') ? 'split' : 'change';
}
