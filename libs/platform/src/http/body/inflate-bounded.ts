import { fail, failure, ok, type Result } from '@repartee/contracts';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';

const DECODERS: Readonly<Record<string, (body: Buffer, options: ZlibOptions) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Buffer, ZlibOptions, Buffer>(inflate),
  br: promisify<Buffer, ZlibOptions, Buffer>(brotliDecompress as typeof gunzip),
};

/**
 * Undoes a `content-encoding`. What would grow past `limit` bytes is refused while it grows, so that a bomb costs
 * `limit` bytes and no more.
 */
export async function inflateBounded(
  body: Buffer,
  encoding: string | undefined,
  limit: number,
): Promise<Result<Buffer>> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '') {
    return body.length > limit ? fail(tooLarge(limit)) : ok(body);
  }
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode)
    return fail(failure('HTTP.UNSUPPORTED_MEDIA_TYPE', `content-encoding ${name} is not supported`));
  try {
    return ok(await decode(body, { maxOutputLength: limit }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return fail(tooLarge(limit));
    return fail(failure('HTTP.MALFORMED_BODY', `the body is not valid ${name}`));
  }
}

function tooLarge(limit: number) {
  return failure('HTTP.PAYLOAD_TOO_LARGE', `the body is larger than ${limit} bytes`);
}
