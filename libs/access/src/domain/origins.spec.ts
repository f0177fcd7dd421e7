import fc from 'fast-check';
import { allowsOrigin, isOwnOrigin, normalizeAllowedOrigin, originRules } from './origins.js';

describe('normalizeAllowedOrigin', () => {
  it.each([
    ['https://Shop.Example.org', 'https://shop.example.org'],
    ['https://shop.example.org:443/', 'https://shop.example.org'],
    ['http://localhost:*', 'http://localhost:*'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['*', '*'],
  ])('%s becomes %s', (text, origin) => {
    expect(normalizeAllowedOrigin(text)).toEqual({ ok: true, value: origin });
  });

  it.each([
    '',
    'null',
    'shop.example.org',
    'ftp://shop.example.org',
    'https://shop.example.org/path',
    'https://shop.example.org?q',
    'https://user:password@shop.example.org',
    'https://*.example.org',
    'https://*',
    'https://shop.example.org:80:*',
    'http://localhost:8080:*',
    'javascript:alert(1)',
    '**',
  ])('refuses %s', (text) => {
    expect(normalizeAllowedOrigin(text).ok).toBe(false);
  });
});

describe('allowsOrigin', () => {
  const rules = originRules(['https://shop.example.org', 'http://localhost:*']);

  it.each([
    ['https://shop.example.org', true],
    ['http://localhost', true],
    ['http://localhost:5173', true],
    ['http://shop.example.org', false],
    ['https://shop.example.org:8443', false],
    ['https://shop.example.org.evil.example', false],
    ['https://evil.example', false],
    ['http://localhost.evil.example:80', false],
    ['http://localhost:80:80', false],
    ['https://localhost:5173', false],
    ['null', false],
    ['', false],
  ])('%s: %s', (origin, allowed) => {
    expect(allowsOrigin(rules, origin)).toBe(allowed);
  });

  it('allows everything, the opaque origin too, only by an explicit *', () => {
    expect(allowsOrigin(originRules(['*']), 'null')).toBe(true);
    expect(allowsOrigin(originRules([]), 'https://shop.example.org')).toBe(false);
  });

  it('allows what was normalised, in the spelling of browsers', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const { origin } = new URL(url);
        const normal = normalizeAllowedOrigin(origin);
        expect(normal.ok && allowsOrigin(originRules([normal.value]), origin)).toBe(true);
      }),
    );
  });
});

describe('isOwnOrigin', () => {
  it('knows the host that was called, with TLS before us too, and the public address', () => {
    expect(isOwnOrigin('http://localhost:4000', 'localhost:4000', 'https://hub.example.org')).toBe(true);
    expect(isOwnOrigin('https://inner.example', 'inner.example', 'https://hub.example.org')).toBe(true);
    expect(isOwnOrigin('https://hub.example.org', 'inner:4000', 'https://hub.example.org')).toBe(true);
    expect(isOwnOrigin('http://localhost:4001', 'localhost:4000', 'https://hub.example.org')).toBe(false);
    expect(isOwnOrigin('http://', '', 'https://hub.example.org')).toBe(false);
  });
});
