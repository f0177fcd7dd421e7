import fc from 'fast-check';
import { emailSettings } from './email-settings.js';
import { ReturnPaths } from './return-path.js';

const KEY = 'a key of some length';
const attempt = '019312d0-0000-7000-8000-00000000abcd';
const tagged = new ReturnPaths('bounces@example.org', KEY);
const caught = new ReturnPaths('@bounce.example.org', KEY);

describe('a return path', () => {
  it('is an address of its own for each attempt, by plus addressing or below a domain of its own', () => {
    expect(tagged.addressOf(attempt)).toMatch(/^bounces\+[a-z2-7]{42}@example\.org$/);
    expect(caught.addressOf(attempt)).toMatch(/^[a-z2-7]{42}@bounce\.example\.org$/);
    expect(tagged.addressOf('no uuid')).toBeUndefined();
  });

  it('names its attempt again, wherever it stands, in any case of letters', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(tagged, caught), fc.boolean(), (id, paths, shouted) => {
        const address = paths.addressOf(id) ?? '';
        expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
        const text = `Return-path: <${shouted ? address.toUpperCase() : address}>\r\nTo: x@example.org`;
        expect(paths.attemptIn(text)).toBe(id.toLowerCase());
      }),
    );
  });

  it('cannot be made up, changed, or taken from another key', () => {
    const address = tagged.addressOf(attempt) ?? '';
    for (let i = 'bounces+'.length; i < address.indexOf('@') - 1; i++) {
      const other = address[i] === 'a' ? 'b' : 'a';
      expect(tagged.attemptIn(address.slice(0, i) + other + address.slice(i + 1))).toBeUndefined();
    }
    expect(new ReturnPaths('bounces@example.org', 'another key, as long').attemptIn(address)).toBeUndefined();
    expect(tagged.attemptIn(`bounces+${'a'.repeat(42)}@example.org ${address}`)).toBe(attempt);
  });

  it.each([
    ['bounces@example.org', true],
    ['@bounce.example.org', true],
    ['bounce.example.org', false],
    [`${'a'.repeat(22)}@example.org`, false],
    ['bøunces@example.org', false],
  ])('is made of %s: %s', (bounceAddress, taken) => {
    const settings = { host: 'h', from: 'shop@example.org', bounceAddress, bounceKey: KEY };
    expect(emailSettings.safeParse(settings).success).toBe(taken);
  });
});
