import { generateKeyPairSync } from 'node:crypto';
import { apply } from './testing/apply.js';
import { type CoreProcess, freePort, startCoreProcess } from './testing/core-process.js';
import { type HostProcess, startHostProcess } from './testing/host-process.js';
import { type Mailbox, openMailbox } from './testing/mailbox.js';
import { createPlace, type Place } from './testing/start-core.js';
import { TEA_BY_MAIL } from './testing/tea-by-mail.js';
import { until, visibly } from './testing/visibly.js';

jest.setTimeout(120_000);

describe('a connector host in a process of its own', () => {
  let place: Place;
  let [first, second]: Mailbox[] = [];
  let core: CoreProcess;
  let host: HostProcess;

  beforeAll(async () => {
    [place, first, second] = await Promise.all([createPlace(), openMailbox(), openMailbox()]);
    const environment = {
      PORT: String(await freePort()),
      DATA_DIR: place.dataDir,
      DATABASE_URL: place.database.url,
      CONNECTORS_REMOTE: 'email-smtp:5',
      ...first.environment,
    };
    core = await startCoreProcess(environment);
    const { PORT: _port, ...own } = environment;
    host = await startHostProcess('email-smtp', own);
    await apply(core, TEA_BY_MAIL);
  });
  afterAll(async () => {
    await Promise.all([core.stop(), host.stop()]);
    await Promise.all([first?.close(), second?.close(), place.remove()]);
  });

  it('sends by settings that were stored a moment ago, without a restart', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const send = async (userId: string) => {
      await visibly(core.call, '/v1/identify', { userId, traits: { email: `${userId}@example.org` } });
      const message = { identifiers: { userId }, channel: 'email', template: 'tea', class: 'transactional' };
      expect((await core.call('/v1/messages', { body: message })).status).toBe(202);
    };
    await send('before');
    await first?.mailTo('before@example.org');

    const { status, body } = await core.call<{ check: unknown }>('PUT /v1/connectors/email-smtp/settings', {
      key: 'admin',
      headers: { 'if-match': '"0"' },
      body: {
        port: Number(second?.environment['EMAIL_SMTP_PORT']),
        dkimDomain: 'example.com',
        dkimSelector: 'tea',
        dkimPrivateKey: privateKey,
      },
    });
    expect([status, body.check]).toEqual([200, { status: 'passed' }]);
    // The host looks for changes every second; until then it goes by the former settings, which work too.
    let sent = 0;
    await until('a mail by the new settings', async () => {
      sent += 1;
      await send(`after-${sent}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return (second?.received.length ?? 0) > 0;
    });
    // The host opened the secret itself.
    const signature = second?.received[0]?.headers.find(({ key }) => key === 'dkim-signature');
    expect(signature?.value).toContain('d=example.com');
  });
});
