import type { Keys, Principal } from '@repartee/access';
import { callerOf } from '@repartee/access';
import { fail, failure, MAX_BATCH_BYTES, ok, type Result } from '@repartee/contracts';
import { inflateBounded } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';

/** The body of an event request, and who sends it. */
export interface EventRequest {
  caller: Principal;
  body: Record<string, unknown>;
  text: string;
}

const GZIP = [0x1f, 0x8b] as const;

/**
 * RudderStack's SDK labels gzip as `application/x-www-form-urlencoded` and may leave `content-encoding` out:
 * the first two bytes tell (RFC 1952, 2.3.1).
 */
function encodingOf(request: FastifyRequest, body: Buffer): string | undefined {
  const stated = request.headers['content-encoding'];
  if (stated) return stated;
  return body[0] === GZIP[0] && body[1] === GZIP[1] ? 'gzip' : undefined;
}

/** Reads JSON whatever the content type says, in bounded memory. Depth and keys are judged event by event later. */
export async function readEventRequest(request: FastifyRequest, keys: Keys): Promise<Result<EventRequest>> {
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const inflated = await inflateBounded(raw, encodingOf(request, raw), MAX_BATCH_BYTES);
  if (!inflated.ok) {
    return inflated.failure.status === 413
      ? fail(failure('INGESTION.BATCH_TOO_LARGE', `A request holds at most ${MAX_BATCH_BYTES} bytes.`))
      : inflated;
  }
  const text = inflated.value.toString('utf8');
  const body = parseObject(text);
  if (!body.ok) return body;
  const caller = authenticate(request, body.value, keys);
  return caller.ok ? ok({ caller: caller.value, body: body.value, text }) : caller;
}

function parseObject(text: string): Result<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(failure('HTTP.MALFORMED_JSON', 'The body is not JSON.'));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return ok(value as Record<string, unknown>);
  return fail(failure('HTTP.MALFORMED_JSON', 'The body must be a JSON object.'));
}

function authenticate(request: FastifyRequest, body: Record<string, unknown>, keys: Keys): Result<Principal> {
  const caller = callerOf(request);
  if (caller) return ok(caller);
  const writeKey = typeof body['writeKey'] === 'string' ? body['writeKey'] : '';
  return keys.authenticatePublic(writeKey, request.headers.origin, request.headers.host);
}
