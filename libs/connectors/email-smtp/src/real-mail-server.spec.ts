import { startMailServer, type MailServer } from '@repartee/connector-test-kit';
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { emailSmtp } from './index.js';
import { SIGNATURE_HEADER, signatureOf } from './inbound/webhook.js';
import { actionFor, contextFor } from './testing/connector-fixture.js';
import { startSmtpSink, type ReceivedMail } from './testing/smtp-sink.js';
import { verifyDkim } from './testing/verify-dkim.js';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const SECRET = 'inbound secret of the server';
const content = { subject: 'Grüße', html: '<p>Tea & more</p>', text: 'Tea' };

describe('through Exim', () => {
  let sink: Awaited<ReturnType<typeof startSmtpSink>>;
  let server: MailServer;
  let context: ReturnType<typeof contextFor>;

  beforeAll(async () => {
    sink = await startSmtpSink();
    server = await startMailServer({ relayTo: sink.port });
    context = contextFor({
      port: server.port,
      dkimDomain: 'example.com',
      dkimSelector: 's1',
      dkimPrivateKey: keys.privateKey,
      publicUrl: 'https://shop.example',
      bounceAddress: 'bounces@example.com',
      bounceKey: 'a key of some length',
      inboundSecret: SECRET,
    });
  });
  afterAll(async () => {
    await context.resources.close();
    await server.stop();
    await sink.close();
  });

  const arrived = async (what: (mail: ReceivedMail) => boolean): Promise<ReceivedMail> => {
    for (let tries = 0; tries < 600; tries++) {
      const found = sink.received.find(what);
      if (found) return found;
      await sleep(50);
    }
    throw new Error(`it did not arrive: ${await server.log()}`);
  };
  const send = (address: string, attemptId: string) =>
    emailSmtp.deliver?.(
      actionFor(content, {
        attemptId,
        idempotencyKey: attemptId,
        class: 'marketing',
        to: { address },
        links: { unsubscribe: 'https://shop.example/u/U', preferences: 'https://shop.example/p/P' },
      }),
      context,
    );

  it('a mail arrives as it was signed, though a server handled it in between', async () => {
    const attemptId = '019312d0-0000-7000-8000-000000000001';
    expect(await send('ann@example.org', attemptId)).toMatchObject({ status: 'accepted' });
    const { raw, from } = await arrived(({ to }) => to.includes('ann@example.org'));
    expect(from).toMatch(/^bounces\+[a-z2-7]{42}@example\.com$/);
    expect(raw.toString()).toMatch(/^Received: .*Exim/ms);
    const verdict = await verifyDkim(raw, keys.publicKey);
    expect(verdict).toMatchObject({ result: 'pass', domain: 'example.com' });
    expect(verdict?.signed).toEqual(
      expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  });

  it('the bounce that it writes is read as one of that very attempt', async () => {
    const attemptId = '019312d0-0000-7000-8000-000000000002';
    expect(await send('rcpt550@example.org', attemptId)).toMatchObject({ status: 'accepted' });
    const bounce = await arrived(({ from }) => from === '');
    expect(bounce.mail.subject).toContain('Mail delivery failed');
    const raw = {
      method: 'POST',
      url: 'https://shop.example/v1/connectors/email-smtp/webhooks/mail',
      headers: { [SIGNATURE_HEADER]: signatureOf(bounce.raw, SECRET) },
      body: bounce.raw,
    };
    expect(emailSmtp.verify?.(raw, context)).toBe(true);
    expect(await emailSmtp.receive?.(raw, context)).toMatchObject({
      reply: { status: 204 },
      facts: [{ kind: 'receipt', attemptId, status: 'bounced', permanent: true }],
    });
  });

  it('addresses beyond ASCII arrive where the server takes them', async () => {
    const attemptId = '019312d0-0000-7000-8000-000000000003';
    expect(await send('jürgen@bücher.example', attemptId)).toMatchObject({ status: 'accepted' });
    expect(await send('ann@bücher.example', attemptId)).toMatchObject({ status: 'accepted' });
    await arrived(({ to }) => /^ann@(xn--bcher-kva|bücher)\.example$/.test(to[0] ?? ''));
  });
});
