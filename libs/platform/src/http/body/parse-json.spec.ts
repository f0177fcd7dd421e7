import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { inflateBounded } from './inflate-bounded.js';
import { parseJson } from './parse-json.js';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const codeOf = (result: { ok: boolean; failure?: { code: string } }) =>
  result.ok ? 'ok' : result.failure?.code;

describe('JSON from outside', () => {
  it('may nest 100 levels and no more, whatever its strings hold', () => {
    expect(parseJson(nested(100)).ok).toBe(true);
    expect(codeOf(parseJson(nested(101)))).toBe('HTTP.MALFORMED_JSON');
    expect(parseJson(nested(5), { maxDepth: 4 }).ok).toBe(false);
    expect(parseJson(JSON.stringify({ a: '['.repeat(500), b: '\\"'.repeat(50), c: '{"' })).ok).toBe(true);
  });

  it('is refused in no time when it is all brackets', () => {
    const since = performance.now();
    expect(parseJson('['.repeat(1_000_000)).ok).toBe(false);
    expect(parseJson('{"a":'.repeat(200_000)).ok).toBe(false);
    expect(performance.now() - since).toBeLessThan(1000);
  });

  it('keeps what cannot be stored only when asked', () => {
    const text = '{"name":"a\\u0000b","half":"\\udc00"}';
    expect(codeOf(parseJson(text))).toBe('HTTP.MALFORMED_JSON');
    expect(parseJson(text, { refuseUnstorable: false })).toEqual({
      ok: true,
      value: { name: 'a\0b', half: '\udc00' },
    });
    expect(parseJson('{"smile":"\\ud83d\\ude00"}').ok).toBe(true);
  });

  it('says what is wrong without repeating the input', () => {
    const result = parseJson('{"password":"hunter2" x}');
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('may begin with a byte order mark', () => {
    expect(parseJson(Buffer.from('\ufeff{"a":1}'))).toEqual({ ok: true, value: { a: 1 } });
  });
});

describe('encoded bodies', () => {
  it('cost their limit and no more', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    expect(codeOf(await inflateBounded(bomb, 'gzip', 500_000))).toBe('HTTP.PAYLOAD_TOO_LARGE');
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('come back as they were', async () => {
    const body = randomBytes(1000);
    expect(await inflateBounded(gzipSync(body), 'GZIP', 1000)).toEqual({ ok: true, value: body });
    expect(await inflateBounded(body, undefined, 1000)).toEqual({ ok: true, value: body });
    expect(codeOf(await inflateBounded(body, 'identity', 999))).toBe('HTTP.PAYLOAD_TOO_LARGE');
    expect(codeOf(await inflateBounded(body, 'gzip', 999))).toBe('HTTP.MALFORMED_BODY');
    expect(codeOf(await inflateBounded(body, 'constructor', 1000))).toBe('HTTP.UNSUPPORTED_MEDIA_TYPE');
  });
});
