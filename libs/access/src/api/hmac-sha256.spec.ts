import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { hmacSha256 } from './hmac-sha256.js';

describe('hmacSha256', () => {
  it('agrees with the HMAC of Node.js for keys and messages of every length', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(bytes, bytes, (key, message) => {
        expect(hmacSha256(key)(message)).toEqual(createHmac('sha256', key).update(message).digest());
      }),
    );
  });

  it('agrees with RFC 4231, test case 2', () => {
    expect(hmacSha256(Buffer.from('Jefe'))(Buffer.from('what do ya want for nothing?')).toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
