import { userIdOf } from './user-claims.js';

const now = Date.UTC(2026, 0, 15, 12);
const inSeconds = (seconds: number) => now / 1000 + seconds;

describe('userIdOf', () => {
  it('takes the subject of a token that lives at most an hour, give or take a minute', () => {
    expect(userIdOf({ sub: '42', exp: inSeconds(3600) }, now)).toEqual({ ok: true, value: { userId: '42' } });
    expect(userIdOf({ sub: '42', exp: inSeconds(3660) }, now).ok).toBe(true);
    expect(userIdOf({ sub: '42', exp: inSeconds(3661) }, now).ok).toBe(false);
  });

  it.each([undefined, 42, '', 'x'.repeat(256), 'a\0b', 'a\nb', '\ud800', {}, null])(
    'refuses the subject %p',
    (sub) => {
      expect(userIdOf({ sub, exp: inSeconds(60) }, now)).toMatchObject({
        failure: { code: 'ACCESS.USER_TOKEN_INVALID', status: 401 },
      });
    },
  );

  it.each([undefined, '2026', NaN, Infinity])('refuses the expiry %p', (exp) => {
    expect(userIdOf({ sub: '42', exp }, now).ok).toBe(false);
  });
});
