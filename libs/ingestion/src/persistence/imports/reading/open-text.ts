import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { detectEncoding } from '../../../domain/imports/detect-encoding.js';
import type { Encoding } from '../../../domain/imports/mapping.js';
import { ImportFailure } from './import-failure.js';

const CHUNK = 64 * 1024;
const HEAD = 1024 * 1024;
/** A file that unpacks to more than this many times its size, beyond the first so many bytes, is a bomb. */
const MAX_RATIO = 250;
const FREE = 64 * 1024 * 1024;
const GZIP = [0x1f, 0x8b] as const;

/** The text of a file, as UTF-8 without a byte order mark, piece by piece. */
export interface TextStream extends AsyncIterable<Buffer> {
  /** Bytes of the file itself read so far: packed ones where it is packed. */
  bytesRead(): number;
}

/** Whether a file begins as gzip does (RFC 1952, 2.3.1). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === GZIP[0] && head[1] === GZIP[1];
}

/** Where and how to read. */
export interface TextOptions {
  encoding: Encoding;
  /** Bytes of the text to pass over. */
  offset?: number;
}

/** Opens a file for reading, packed or not. Memory is bounded however large the file is. */
export async function openText(
  path: string,
  options: TextOptions,
): Promise<TextStream & { encoding: Encoding }> {
  const packed = isGzip(await firstBytes(path, 2));
  const head = packed ? await unpackedHead(path) : await firstBytes(path, HEAD);
  const detected = detectEncoding(head);
  // A byte order mark knows better than what somebody declared.
  const encoding = options.encoding === 'auto' || detected.mark > 0 ? detected.encoding : options.encoding;
  const { offset = 0 } = options;
  const direct = !packed && encoding === 'utf-8';
  const start = direct ? detected.mark + offset : 0;
  const file = createReadStream(path, { start, highWaterMark: CHUNK });
  const bytes = packed ? unpack(file) : (file as AsyncIterable<Buffer>);
  const text = direct ? bytes : skip(toUtf8(bytes, encoding, detected.mark), offset);
  return {
    encoding,
    bytesRead: () => start + file.bytesRead,
    [Symbol.asyncIterator]: () => text[Symbol.asyncIterator](),
  };
}

/** The beginning of a file's text, 1 MiB at most. */
export async function readHead(
  path: string,
  encoding: Encoding,
): Promise<{ text: Buffer; encoding: Encoding }> {
  const stream = await openText(path, { encoding });
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stream) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    // Broken further on: what there is shows what the file is; reading on says what is wrong.
    if (!(error instanceof ImportFailure) || length === 0) throw error;
  }
  return { text: Buffer.concat(pieces).subarray(0, HEAD), encoding: stream.encoding };
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function unpackedHead(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of unpack(createReadStream(path, { highWaterMark: CHUNK }))) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    if (!(error instanceof ImportFailure)) throw error;
  }
  return Buffer.concat(pieces).subarray(0, HEAD);
}

async function* unpack(file: ReturnType<typeof createReadStream>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  pipeline(file, gunzip, () => undefined);
  let out = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      out += piece.length;
      if (out > FREE && out > file.bytesRead * MAX_RATIO)
        throw new ImportFailure(`the gzip file unpacks to more than ${MAX_RATIO} times its size`);
      yield piece;
    }
  } catch (error) {
    throw isZlib(error) ? new ImportFailure(zlibReason(error)) : error;
  } finally {
    gunzip.destroy();
  }
}

function isZlib(error: unknown): error is NodeJS.ErrnoException {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && /^Z_/.test(code);
}

function zlibReason(error: NodeJS.ErrnoException): string {
  return error.code === 'Z_BUF_ERROR' ? 'the gzip file ends too early' : 'the gzip file is damaged';
}

async function* toUtf8(
  bytes: AsyncIterable<Buffer>,
  encoding: Encoding,
  mark: number,
): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* skip(bytes, mark);
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield Buffer.from(decoder.decode(piece, { stream: true }));
  const rest = decoder.decode();
  if (rest !== '') yield Buffer.from(rest);
}

async function* skip(pieces: AsyncIterable<Buffer>, offset: number): AsyncGenerator<Buffer> {
  let left = offset;
  for await (const piece of pieces) {
    if (left >= piece.length) left -= piece.length;
    else {
      yield left > 0 ? piece.subarray(left) : piece;
      left = 0;
    }
  }
}
