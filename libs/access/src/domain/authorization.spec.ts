import fc from 'fast-check';
import { parseAuthorization } from './authorization.js';

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;

describe('parseAuthorization', () => {
  it('reads Bearer and Basic, whatever the case of the scheme', () => {
    expect(parseAuthorization('Bearer rp_srv_x')).toEqual({ scheme: 'bearer', value: 'rp_srv_x' });
    expect(parseAuthorization('bearer  rp_srv_x ')).toEqual({ scheme: 'bearer', value: 'rp_srv_x' });
    expect(parseAuthorization(basic('rp_pub_x:'))).toEqual({ scheme: 'basic', value: 'rp_pub_x' });
    expect(parseAuthorization(basic('rp_pub_x:password').replace('Basic', 'BASIC'))?.value).toBe('rp_pub_x');
    expect(parseAuthorization(basic('rp_pub_x'))?.value).toBe('rp_pub_x');
  });

  it('keeps colons that belong to the key', () => {
    expect(parseAuthorization(basic('a:b:c:'))?.value).toBe('a:b:c');
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Basic',
    'Basic :::',
    'Basic Og==',
    'Digest a',
    'rp_srv_x',
    `Bearer ${'x'.repeat(9000)}`,
  ])('does not take %.30s', (header) => {
    expect(parseAuthorization(header)).toBeNull();
  });

  it('never throws and never gives an empty credential', () => {
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((text) => `Basic ${text}`),
      fc.base64String().map((text) => `Basic ${text}`),
      fc.string().map((text) => `Bearer ${text}`),
    );
    fc.assert(
      fc.property(header, (text) => {
        const credential = parseAuthorization(text);
        expect(credential === null || credential.value.length > 0).toBe(true);
      }),
    );
  });
});
