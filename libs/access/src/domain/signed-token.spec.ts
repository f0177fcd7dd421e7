import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { MAX_PAYLOAD, openToken, sealToken, type TokenKey } from './signed-token.js';

function keyWith(id: number, secret = `secret ${id}`): TokenKey {
  return { id, mac: (message) => createHmac('sha256', secret).update(message).digest() };
}

const ring = new Map([1, 2, 65_535].map((id) => [id, keyWith(id)]));
const equal = (a: Buffer, b: Buffer) => a.equals(b);
const open = (purpose: string, token: string) => openToken(token, purpose, (id) => ring.get(id), equal);

const payloads = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const purposes = fc.string({ minLength: 1, maxLength: 20 });
const keys = fc.constantFrom(...ring.values());

describe('signed tokens', () => {
  it('open with what was sealed, and travel in URLs as they are', () => {
    fc.assert(
      fc.property(keys, purposes, payloads, (key, purpose, payload) => {
        const token = sealToken(key, purpose, payload);
        expect(token).toMatch(/^[\w-]+$/);
        expect(open(purpose, token)).toEqual(payload);
      }),
    );
  });

  it('do not open when any bit of their bytes is flipped', () => {
    fc.assert(
      fc.property(keys, payloads, fc.nat(), (key, payload, position) => {
        const bytes = Buffer.from(sealToken(key, 'offer', payload), 'base64url');
        const bit = position % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(open('offer', bytes.toString('base64url'))).toBeNull();
      }),
    );
  });

  it('do not open when any bit of their text is flipped, spare bits of base64 included', () => {
    const token = sealToken(keyWith(1), 'offer', Buffer.from('a payload of some length'));
    for (const sample of [token, sealToken(keyWith(1), 'offer', Buffer.from('ab'))]) {
      const text = Buffer.from(sample, 'latin1');
      for (let bit = 0; bit < text.length * 8; bit += 1) {
        const changed = Buffer.from(text);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(open('offer', changed.toString('latin1'))).toBeNull();
      }
    }
  });

  it('do not open truncated or lengthened', () => {
    const token = sealToken(keyWith(1), 'offer', Buffer.from('payload'));
    for (let length = 0; length < token.length; length += 1)
      expect(open('offer', token.slice(0, length))).toBeNull();
    for (const more of ['A', '=', '==', ' ', '\n', '\0', 'AAAA']) {
      expect(open('offer', token + more)).toBeNull();
      expect(open('offer', more + token)).toBeNull();
    }
  });

  it('do not open for another purpose, nor when purpose and payload are shifted against each other', () => {
    fc.assert(
      fc.property(purposes, purposes, payloads, (purpose, other, payload) => {
        fc.pre(purpose !== other);
        expect(open(other, sealToken(keyWith(1), purpose, payload))).toBeNull();
      }),
    );
    expect(open('of', sealToken(keyWith(1), 'offer', Buffer.from('x')))).toBeNull();
  });

  it('do not open with an unknown key or one of the same id and another secret', () => {
    expect(open('offer', sealToken(keyWith(3), 'offer', Buffer.from('x')))).toBeNull();
    expect(open('offer', sealToken(keyWith(1, 'forged'), 'offer', Buffer.from('x')))).toBeNull();
  });

  it('carry up to 4 KB and open nothing longer', () => {
    const largest = sealToken(keyWith(1), 'offer', Buffer.alloc(MAX_PAYLOAD, 7));
    expect(open('offer', largest)).toHaveLength(MAX_PAYLOAD);
    expect(() => sealToken(keyWith(1), 'offer', Buffer.alloc(MAX_PAYLOAD + 1))).toThrow(RangeError);
    expect(open('offer', 'A'.repeat(10_000_000))).toBeNull();
  });

  it('never throw, whatever is presented', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.base64String({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(open('offer', text)).toBeNull();
      }),
    );
  });
});
