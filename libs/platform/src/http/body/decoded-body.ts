import { fail, failure, ok, type Result } from '@repartee/contracts';
import type { FastifyRequest } from 'fastify';
import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { bodyStream } from './stream-body.js';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body of a route with `@StreamBody()` as it arrives, its `content-encoding` undone. No more than `ahead` bytes of it
 * are read before they are asked for: the sender waits then.
 * Fails with HTTP.UNSUPPORTED_MEDIA_TYPE; the stream fails when the sender goes away, or what came cannot be decoded.
 */
export function decodedBody(request: FastifyRequest, ahead: number): Result<Readable> {
  const name = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decoder = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decoder && name !== 'identity' && name !== '')
    return fail(failure('HTTP.UNSUPPORTED_MEDIA_TYPE', `content-encoding ${name} is not supported`));
  const held = new PassThrough({ readableHighWaterMark: ahead });
  const body = bodyStream(request);
  // What goes wrong shows to whoever reads `held`.
  if (decoder) pipeline(body, decoder(), held, () => undefined);
  else pipeline(body, held, () => undefined);
  return ok(held);
}
