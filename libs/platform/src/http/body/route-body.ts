import { setRouteConfig } from '../route-config.js';

/** What a route says of its body; lives in Fastify's route config. */
export interface RouteBody {
  /** The handler gets the body as a Buffer, as it came: not decoded, not parsed, whatever its content type. */
  rawBody?: boolean;
  /** The handler reads the body itself while it arrives; see {@link StreamBody}. */
  streamBody?: boolean;
  /** Largest body in bytes, before and after `content-encoding`. */
  bodyLimit?: number;
  /** Whether `Idempotency-Key` means nothing here. Routes with a raw body never heed it. */
  ignoresIdempotencyKey?: boolean;
}

/** Hands the body over as a Buffer, untouched, whatever the content type; see {@link inflateBounded} for gzip. */
export function RawBody(): MethodDecorator {
  return routeBody({ rawBody: true });
}

/**
 * Leaves the body to the handler, which reads it with {@link bodyStream} while it arrives: whatever its size and content
 * type, nothing of it is held. The handler must read it to the end, or close the connection.
 */
export function StreamBody(): MethodDecorator {
  return routeBody({ streamBody: true });
}

/** Sets the largest body of this route, in bytes. */
export function BodyLimit(bytes: number): MethodDecorator {
  return routeBody({ bodyLimit: bytes });
}

/** For routes that have their own way to tell a repetition. */
export function IgnoresIdempotencyKey(): MethodDecorator {
  return routeBody({ ignoresIdempotencyKey: true });
}

function routeBody(rule: RouteBody): MethodDecorator {
  return (_target, _name, descriptor) => setRouteConfig(descriptor.value as object, rule);
}
