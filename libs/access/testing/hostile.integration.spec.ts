import fc from 'fast-check';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { install, type AccessApp, type Installation } from './access-app.js';

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

describe('hostile credentials', () => {
  let installation: Installation;
  let running: AccessApp;
  let port: number;
  beforeAll(async () => {
    installation = await install();
    running = await installation.start();
    await running.app.listen(0, '127.0.0.1');
    port = (running.app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => installation.remove());

  /** The status of a request whose header bytes go out exactly as given. */
  function send(headers: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.end(
          Buffer.from(
            `GET /v1/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n\r\n`,
            'latin1',
          ),
        );
      });
      let answer = '';
      socket.on('data', (data) => (answer += data.toString('latin1')));
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' ? resolve(0) : reject(error),
      );
    });
  }

  it.each([
    ['nothing', 'Authorization:'],
    ['a scheme alone', 'Authorization: Bearer'],
    ['a prototype', 'Authorization: Bearer __proto__'],
    ['a constructor', 'Authorization: Bearer constructor'],
    ['a prototype as Basic', `Authorization: Basic ${base64('__proto__:')}`],
    ['a NUL in Basic', `Authorization: Basic ${base64('rp_pub_\0:')}`],
    ['bytes that are no UTF-8', `Authorization: Basic ${base64('\xff\xfe\xfd:')}`],
    ['high bytes', 'Authorization: Bearer \xff\xfe'],
    ['an empty session', 'Authorization: Bearer rp_ses_'],
    ['a forged session', `Authorization: Bearer rp_ses_${'A'.repeat(100)}`],
    ['a huge session', `Authorization: Bearer rp_ses_${'A'.repeat(8000)}`],
    ['a huge key', `Authorization: Bearer ${'x'.repeat(12_000)}`],
    ['two headers', 'Authorization: Bearer a\r\nAuthorization: Bearer b'],
    ['an unknown scheme', 'Authorization: Negotiate YII='],
  ])('%s gives 401', async (_, header) => {
    expect(await send(header)).toBe(401);
  });

  it('a header beyond what the server reads gives 431', async () => {
    expect(await send(`Authorization: Bearer ${'x'.repeat(100_000)}`)).toBe(431);
  });

  it.each(['__proto__', 'x'.repeat(9000), '\xff\xfe', 'http://[::1', 'https://hub.example.org\t'])(
    'the origin %.20s is refused or ours',
    async (origin) => {
      const status = await send(`Origin: ${origin}\r\nAuthorization: Bearer ${running.first.write}`);
      expect([200, 403]).toContain(status);
    },
  );

  it('nothing that can be sent gives a 5xx', async () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    });
    const credential = fc.oneof(
      printable,
      printable.map((text) => `Basic ${base64(text)}`),
      printable.map((text) => `Bearer rp_ses_${text}`),
    );
    await fc.assert(
      fc.asyncProperty(credential, printable, async (authorization, origin) => {
        const status = await send(`Authorization: ${authorization}\r\nOrigin: ${origin}`);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });
});
