import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { SessionTokens, TokenSigner, UserTokens } from '../src/index.js';
import { install, type AccessApp, type Installation } from './access-app.js';

describe('TokenSigner', () => {
  let installation: Installation;
  let running: AccessApp;
  let signer: TokenSigner;
  beforeAll(async () => {
    installation = await install();
    running = await installation.start();
    signer = running.get(TokenSigner);
  });
  afterAll(() => installation.remove());

  it('opens what it signed and nothing else', () => {
    const payload = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(payload, fc.nat(), (content, position) => {
        const token = signer.sign('offer', content);
        expect(signer.open('offer', token)).toEqual(content);
        expect(signer.open('click', token)).toBeNull();
        const bytes = Buffer.from(token, 'base64url');
        const bit = position % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(signer.open('offer', bytes.toString('base64url'))).toBeNull();
      }),
    );
    expect(signer.open('offer', signer.sign('offer', 'text: ü'))?.toString()).toBe('text: ü');
  });

  it('shares its keys with every process of the installation, and with none of another', async () => {
    const token = signer.sign('offer', 'x');
    const sibling = await installation.start();
    expect(sibling.get(TokenSigner).open('offer', token)?.toString()).toBe('x');
    const elsewhere = await install();
    const stranger = await elsewhere.start();
    expect(stranger.get(TokenSigner).open('offer', token)).toBeNull();
    await elsewhere.remove();
  });

  it('rotates: the new key takes over once all know it, and old tokens open for ever', async () => {
    const keyIdOf = (token: string) => Buffer.from(token, 'base64url').readUInt16BE(1);
    const old = signer.sign('offer', 'x');
    await signer.rotate();
    expect(keyIdOf(signer.sign('offer', 'x'))).toBe(keyIdOf(old));
    running.clock.advance(10_000);
    const next = signer.sign('offer', 'x');
    expect(keyIdOf(next)).toBe(keyIdOf(old) + 1);
    running.clock.advance(10 * 365 * 86_400_000);
    expect(signer.open('offer', old)?.toString()).toBe('x');
    expect(signer.open('offer', next)?.toString()).toBe('x');
  });

  it('keeps sessions apart from tokens of other purposes', () => {
    const sessions = running.get(SessionTokens);
    const forged = `rp_ses_${signer.sign('offer', JSON.stringify([Number.MAX_SAFE_INTEGER, 'default', 'anon']))}`;
    expect(sessions.open(forged)).toBeNull();
    const { token } = sessions.issue({ source: 'default', anonymousId: 'anon' });
    expect(sessions.open(token)).toMatchObject({ source: 'default', anonymousId: 'anon' });
    expect(sessions.open(token.replace('rp_ses_', ''))).toBeNull();
  });
});

describe('UserTokens', () => {
  let installation: Installation;
  let running: AccessApp;
  let users: UserTokens;
  let secret: string;
  beforeAll(async () => {
    installation = await install();
    running = await installation.start();
    users = running.get(UserTokens);
    secret = running.first.signingSecret;
  });
  afterAll(() => installation.remove());

  const inSeconds = (seconds: number) => Math.floor(running.clock.now() / 1000) + seconds;
  const sign = (claims: object, key = secret, alg = 'HS256') =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg }).sign(Buffer.from(key));
  const outcome = async (jwt: string, source = 'default') => {
    const result = await users.verify(source, jwt);
    return result.ok ? result.value.userId : result.failure.code;
  };
  const REFUSED = 'ACCESS.USER_TOKEN_INVALID';

  it('takes a token that the source’s server signed', async () => {
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(3600) }))).toBe('42');
    expect(
      await outcome(await sign({ sub: '42', exp: inSeconds(60), iat: inSeconds(-5), name: 'Ann' })),
    ).toBe('42');
  });

  it('allows a minute between the clocks and no more', async () => {
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(-59) }))).toBe('42');
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(-61) }))).toBe(REFUSED);
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(3659) }))).toBe('42');
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(3700) }))).toBe(REFUSED);
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(600), nbf: inSeconds(120) }))).toBe(REFUSED);
  });

  it('wants sub and exp', async () => {
    expect(await outcome(await sign({ exp: inSeconds(60) }))).toBe(REFUSED);
    expect(await outcome(await sign({ sub: '42' }))).toBe(REFUSED);
    expect(await outcome(await sign({ sub: '', exp: inSeconds(60) }))).toBe(REFUSED);
    expect(await outcome(await sign({ sub: 42, exp: inSeconds(60) }))).toBe(REFUSED);
  });

  it('takes no other algorithm, least of all none', async () => {
    const claims = { sub: '42', exp: inSeconds(60) };
    expect(await outcome(await sign(claims, secret.repeat(2), 'HS512'))).toBe(REFUSED);
    expect(await outcome(new UnsecuredJWT(claims).encode())).toBe(REFUSED);
  });

  it('takes no other secret and no other source’s', async () => {
    const claims = { sub: '42', exp: inSeconds(60) };
    expect(await outcome(await sign(claims, 'x'.repeat(43)))).toBe(REFUSED);
    expect(await outcome(await sign(claims), 'elsewhere')).toBe(REFUSED);
  });

  it('takes both secrets while they rotate, and says what is wrong with a token of the older', async () => {
    const body = { source: 'default', overlapSeconds: 600 };
    const rotated = await running.call('POST', '/v1/keys/signing-secrets', {
      key: running.first.admin,
      body,
    });
    const next = String(rotated.body['signingSecret']);
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(60) }))).toBe('42');
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(60) }, next))).toBe('42');
    const late = await users.verify('default', await sign({ sub: '42', exp: inSeconds(-600) }));
    expect(late).toMatchObject({ failure: { detail: expect.stringContaining('expired') } });
    running.clock.advance(600_000);
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(60) }))).toBe(REFUSED);
    expect(await outcome(await sign({ sub: '42', exp: inSeconds(60) }, next))).toBe('42');
    secret = next;
  });

  it('is closed when any bit is flipped, and never throws', async () => {
    const token = await sign({ sub: '42', exp: inSeconds(60) });
    for (let bit = 0; bit < token.length * 8; bit += 1) {
      const text = Buffer.from(token, 'latin1');
      text[bit >> 3] = (text[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await outcome(text.toString('latin1'))).toBe(REFUSED);
    }
    for (const junk of [
      '',
      '.',
      '..',
      'a.b.c',
      '__proto__',
      '\0',
      'x'.repeat(1_000_000),
      `${token}.${token}`,
    ]) {
      expect(await outcome(junk)).toBe(REFUSED);
    }
  });
});
