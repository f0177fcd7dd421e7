import { startMailServer, type MailServer } from '@repartee/platform/testing';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply } from './testing/apply.js';
import { openPostOffice, type PostOffice } from './testing/post-office.js';
import { type CoreUnderTest, startCore } from './testing/start-core.js';
import { until, visibly } from './testing/visibly.js';

const SECRET = 'inbound secret of the server';
const CONFIGURATION = {
  version: 1,
  zones: [{ key: 'email.main', channel: 'email' }],
  offers: [{ key: 'tea', name: 'Tea', value: 1 }],
  treatments: [
    {
      key: 'tea.mail',
      offer: 'tea',
      channel: 'email',
      zones: ['email.main'],
      content: { subject: 'Tea', html: '<p>Tea?</p>' },
    },
  ],
};
/** What an operator has the mail server run for each mail that comes back. */
const POST_MAIL = `
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
const { url, secret } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const body = readFileSync(0);
const signature = createHmac('sha256', secret).update(body).digest('hex');
const headers = { 'content-type': 'message/rfc822', 'x-repartee-signature': 'sha256=' + signature };
const answer = await fetch(url, { method: 'POST', headers, body });
process.exitCode = answer.ok ? 0 : 75;
`;

interface Delivery {
  id: string;
  status: string;
  reason: string | null;
  progress: { status: string } | null;
  receipts: { status: string; permanent?: boolean; code?: string }[];
}

describe('a bounce of a real mail server', () => {
  let folder: string;
  let office: PostOffice;
  let server: MailServer;
  let core: CoreUnderTest;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'repartee-bounces-'));
    await chmod(folder, 0o755);
    const [program, target] = [join(folder, 'post-mail.mjs'), join(folder, 'target.json')];
    await writeFile(program, POST_MAIL);
    office = await openPostOffice();
    server = await startMailServer({
      relayTo: Number(office.environment['EMAIL_SMTP_PORT']),
      pipe: { domain: 'bounce.example.com', command: [process.execPath, program, target] },
    });
    core = await startCore({
      environment: {
        EMAIL_SMTP_HOST: '127.0.0.1',
        EMAIL_SMTP_PORT: String(server.port),
        EMAIL_SMTP_FROM: 'shop@example.com',
        EMAIL_SMTP_BOUNCE_ADDRESS: '@bounce.example.com',
        EMAIL_SMTP_BOUNCE_KEY: 'a key of some length',
        EMAIL_SMTP_INBOUND_SECRET: SECRET,
      },
    });
    const url = `${core.url}/v1/connectors/email-smtp/webhooks/mail`;
    await writeFile(target, JSON.stringify({ url, secret: SECRET }));
    await apply(core, CONFIGURATION);
  });
  afterAll(async () => {
    await core.stop();
    await server.stop();
    await office.close();
    await rm(folder, { recursive: true, force: true });
  });

  const stands = async (id: string) => (await core.call<Delivery>(`GET /v1/deliveries/${id}`)).body;
  const send = async (userId: string) => {
    const { body } = await core.call<{ deliveryId: string }>('/v1/messages', {
      body: { identifiers: { userId }, channel: 'email', template: 'tea.mail', class: 'transactional' },
    });
    return until('the delivery to end', async () => {
      const delivery = await stands(body.deliveryId);
      return !['planned', 'sending'].includes(delivery.status) && delivery;
    });
  };

  it('shows in the delivery, marks the address, and keeps the next mail away', async () => {
    await visibly(core.call, '/v1/identify', {
      userId: 'gone',
      traits: { email: 'refused-gone@example.org' },
    });
    const sent = await send('gone');
    expect(sent.status).toBe('accepted');
    const bounced = await until(
      'the bounce',
      async () => {
        const delivery = await stands(sent.id);
        return delivery.progress?.status === 'bounced' && delivery;
      },
      60_000,
    );
    expect(bounced.receipts).toMatchObject([{ status: 'bounced', permanent: true }]);
    expect(await send('gone')).toMatchObject({
      status: 'suppressed',
      reason: expect.stringMatching(/^the address is undeliverable/),
    });
  });

  it('of another is nobody else’s', async () => {
    await visibly(core.call, '/v1/identify', { userId: 'here', traits: { email: 'here@example.org' } });
    const sent = await send('here');
    await until('the mail', () => Promise.resolve(office.taken.get('here@example.org') === 1), 60_000);
    expect(await stands(sent.id)).toMatchObject({ status: 'accepted', progress: null });
    expect((await send('here')).status).toBe('accepted');
  });

  it('that somebody else posts is not taken', async () => {
    const answer = await fetch(`${core.url}/v1/connectors/email-smtp/webhooks/mail`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', 'x-repartee-signature': `sha256=${'0'.repeat(64)}` },
      body: 'From: mailer-daemon@example.net\r\n\r\n550',
    });
    expect(answer.status).toBe(403);
  });
});
