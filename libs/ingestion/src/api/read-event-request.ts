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

function rawBody({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/**
 * The content encoding, if any. RudderStack's SDK labels gzip as `application/x-www-form-urlencoded` and may leave
 * `content-encoding` out: the first two bytes tell (RFC 1952, 2.3.1).
 */
export function encodingOf(request: FastifyRequest): string | undefined {
  const stated = request.headers['content-encoding'];
  if (stated) return stated;
  const body = rawBody(request);
  return body[0] === GZIP[0] && body[1] === GZIP[1] ? 'gzip' : undefined;
}

/** Reads JSON whatever the content type says, in bounded memory. Depth and keys are judged event by event later. */
export function readEventRequest(request: FastifyRequest, keys: Keys): Result<EventRequest> {
  return readBody(rawBody(request), request, keys);
}

/** The same for a body with a content encoding. */
export async function readEncodedEventRequest(
  request: FastifyRequest,
  encoding: string,
  keys: Keys,
): Promise<Result<EventRequest>> {
  const inflated = await inflateBounded(rawBody(request), encoding, MAX_BATCH_BYTES);
  if (inflated.ok) return readBody(inflated.value, request, keys);
  return inflated.failure.status === 413 ? tooLarge() : inflated;
}

function readBody(bytes: Buffer, request: FastifyRequest, keys: Keys): Result<EventRequest> {
  if (bytes.length > MAX_BATCH_BYTES) return tooLarge();
  const text = bytes.toString('utf8');
  const body = parseObject(text);
  if (!body.ok) return body;
  const caller = authenticate(request, body.value, keys);
  return caller.ok ? ok({ caller: caller.value, body: body.value, text }) : caller;
}

function tooLarge(): Result<never> {
  return fail(failure('INGESTION.BATCH_TOO_LARGE', `A request holds at most ${MAX_BATCH_BYTES} bytes.`));
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
