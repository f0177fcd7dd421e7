import { describeSettings } from '@repartee/connector-sdk';
import { generateKeyPairSync } from 'node:crypto';
import { emailSmtp } from './index.js';
import { emailSettings } from './email-settings.js';

const base = { host: 'smtp.example', from: 'shop@example.com' };
const pem = (type: 'rsa' | 'ed25519') =>
  (type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ed25519')
  ).privateKey
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();

describe('the settings', () => {
  it('need host and sender alone', () => {
    expect(emailSettings.parse(base)).toEqual({
      ...base,
      port: 587,
      tls: 'opportunistic',
      timeout: 20,
      connections: 5,
      messagesPerConnection: 100,
      maxBytes: 1_000_000,
      imapPort: 993,
      imapTls: 'required',
      imapFolder: 'INBOX',
    });
    const required = describeSettings(emailSmtp).filter((one) => one.required);
    expect(required.map(({ variable }) => variable)).toEqual(['EMAIL_SMTP_HOST', 'EMAIL_SMTP_FROM']);
  });

  it('keep what is secret secret', () => {
    const hidden = describeSettings(emailSmtp).filter((one) => one.secret);
    expect(hidden.map(({ variable }) => variable)).toEqual([
      'EMAIL_SMTP_PASSWORD',
      'EMAIL_SMTP_DKIM_PRIVATE_KEY',
      'EMAIL_SMTP_BOUNCE_KEY',
      'EMAIL_SMTP_INBOUND_SECRET',
      'EMAIL_SMTP_IMAP_PASSWORD',
    ]);
  });

  it('take a key whose line breaks are written out', () => {
    const key = pem('rsa');
    const settings = {
      ...base,
      dkimDomain: 'd',
      dkimSelector: 's',
      dkimPrivateKey: key.replaceAll('\n', '\\n'),
    };
    expect(emailSettings.parse(settings).dkimPrivateKey).toBe(key);
  });

  it.each<[string, object, string]>([
    ['a sender that is no address', { from: 'shop' }, 'from'],
    ['a port out of range', { port: 70000 }, 'port'],
    ['a password without a user', { password: 'x' }, 'user'],
    ['a user without a password', { user: 'x' }, 'password'],
    ['a key that is none', { dkimDomain: 'd', dkimSelector: 's', dkimPrivateKey: 'x' }, 'dkimPrivateKey'],
    [
      'a key that DKIM cannot use here',
      { dkimDomain: 'd', dkimSelector: 's', dkimPrivateKey: pem('ed25519') },
      'dkimPrivateKey',
    ],
    ['half of DKIM', { dkimDomain: 'd' }, 'dkimSelector'],
    ['a public URL that is none', { publicUrl: 'ftp://x' }, 'publicUrl'],
  ])('refuse %s', (_, more, path) => {
    const parsed = emailSettings.safeParse({ ...base, ...more });
    expect(parsed.error?.issues[0]?.path).toEqual([path]);
  });
});
