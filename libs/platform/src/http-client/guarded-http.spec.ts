import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { createGuardedHttp, type GuardedHttp } from './guarded-http.js';
import { isPrivateAddress } from './private-address.js';

describe('isPrivateAddress', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('%s is', (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is not',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});

describe('http of connectors', () => {
  let server: Server;
  let port: number;
  let http: GuardedHttp;
  let hits = 0;
  const { signal } = new AbortController();
  const resolving =
    (address: string): LookupFunction =>
    (_host, options, callback) =>
      options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4);

  beforeAll(async () => {
    server = createServer((request, response) => {
      hits += 1;
      if (request.url === '/hang') return;
      response.end(JSON.stringify({ method: request.method, url: request.url }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => (hits = 0));
  afterEach(() => http.close());
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'reached',
      (error: { cause?: { code?: string } }) => error.cause?.code,
    );

  it('reaches private addresses where that is allowed', async () => {
    http = createGuardedHttp({ allowPrivate: true });
    const response = await http.within(signal)(`http://localhost:${port}/a`, { method: 'POST', body: 'x' });
    expect(response.ok).toBe(true);
    expect(await response.json()).toEqual({ method: 'POST', url: '/a' });
  });

  it.each([
    ['an address', () => `http://127.0.0.1:${port}/`],
    ['an address in another dress', () => `http://2130706433:${port}/`],
    ['an IPv6 address', () => `http://[::ffff:127.0.0.1]:${port}/`],
    ['a name', () => `http://localhost:${port}/`],
  ])('refuses %s that is private', async (_, url) => {
    http = createGuardedHttp({ allowPrivate: false });
    expect(await codeOf(http.within(signal)(url()))).toBe('PRIVATE_ADDRESS');
    expect(hits).toBe(0);
  });

  it('refuses a public name that leads to a private address', async () => {
    http = createGuardedHttp({ allowPrivate: false, lookup: resolving('127.0.0.1') });
    expect(await codeOf(http.within(signal)(`http://example.org:${port}/`))).toBe('PRIVATE_ADDRESS');
    expect(hits).toBe(0);
  });

  it('ends with the call it belongs to', async () => {
    http = createGuardedHttp({ allowPrivate: true });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    await expect(http.within(abort.signal)(`http://127.0.0.1:${port}/hang`)).rejects.toThrow();
  });
});
