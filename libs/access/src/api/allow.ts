import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { ROUTE_ACCESS, type OpenRoute } from '@repartee/platform';
import type { AccessRule, CallerKind } from '../domain/index.js';

/** What `@Allow` may say beside the kinds of callers. */
export interface AllowOptions {
  /** `<resource>:read|write`. Unless given: the first path segment after the version, read for GET and HEAD, else write. */
  scope?: string;
  /**
   * The body may name the write key, for callers without an Authorization header. A parsed body's `writeKey` is
   * authenticated here; where the route reads its body raw, the handler must do so: it has no caller then.
   */
  writeKeyInBody?: boolean;
  /**
   * The query may hold a `ticket` instead of an Authorization header, for callers that send none. The handler must
   * redeem it: it has no caller then, and scopes were checked when the ticket was given.
   */
  ticketInQuery?: boolean;
}

export interface GuardedRoute extends AccessRule {
  readonly writeKeyInBody: boolean;
  readonly ticketInQuery: boolean;
}

export type RouteRule = OpenRoute | GuardedRoute;

/** Who may call a route, or every route of a controller. Administrators always may, within their scopes. */
export function Allow(...rule: [...CallerKind[], AllowOptions] | CallerKind[]): CustomDecorator {
  const parts: readonly (CallerKind | AllowOptions)[] = rule;
  const kinds = parts.filter((part) => typeof part === 'string');
  const {
    scope,
    writeKeyInBody = false,
    ticketInQuery = false,
  } = parts.find((part) => typeof part === 'object') ?? {};
  const guarded: GuardedRoute = { kinds, scope, writeKeyInBody, ticketInQuery };
  return SetMetadata(ROUTE_ACCESS, guarded);
}
