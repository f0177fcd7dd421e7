import { generateKeyPairSync } from 'node:crypto';
import { emailSmtp } from './index.js';
import type { CompiledEmail } from './email-content.js';
import type { EmailSettings } from './email-settings.js';
import { actionFor, compiledEmail, contextFor, NOW } from './testing/connector-fixture.js';
import { startSmtpSink } from './testing/smtp-sink.js';
import { verifyDkim } from './testing/verify-dkim.js';

const links = {
  click: 'https://shop.example/r/CLICK?a=1&b=2',
  open: 'https://shop.example/o/OPEN.gif',
  unsubscribe: 'https://shop.example/u/UNSUB',
  preferences: 'https://shop.example/p/PREF',
};
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const dkim = { dkimDomain: 'example.com', dkimSelector: 's1', dkimPrivateKey: keys.privateKey };

let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let compiled: CompiledEmail;
const contexts: ReturnType<typeof contextFor>[] = [];

beforeAll(async () => {
  sink = await startSmtpSink();
  compiled = await compiledEmail({
    subject: '{{ offer.name }} for {{ profile.traits.firstName }}',
    preheader: 'Only today: {{ offer.name }}',
    mjml: `<mjml><mj-body><mj-section><mj-column>
      <mj-text>Hello {{ profile.traits.firstName }}</mj-text>
      <mj-button href="{{ links.click }}">Have a look</mj-button>
    </mj-column></mj-section></mj-body></mjml>`,
  });
});
afterEach(async () => {
  sink.received.length = 0;
  for (const context of contexts.splice(0)) await context.resources.close();
});
afterAll(() => sink.close());

async function send(
  more: Parameters<typeof actionFor>[1] = {},
  settings: Partial<EmailSettings> = {},
  content = compiled,
) {
  const context = contextFor({ port: sink.port, ...settings });
  contexts.push(context);
  const outcome = await emailSmtp.deliver?.(actionFor(content, more), context);
  return { outcome, mail: sink.received[0]?.mail, raw: sink.received[0]?.raw ?? Buffer.alloc(0) };
}

describe('a mail', () => {
  it('arrives with subject, sender, both parts and a stable id', async () => {
    const { outcome, mail, raw } = await send(
      { links },
      { fromName: 'The Shop', replyTo: 'help@example.com' },
    );
    expect(mail).toMatchObject({
      subject: 'Tea for Ann',
      from: { name: 'The Shop', address: 'shop@example.com' },
      to: [{ name: 'Ann', address: 'ann@example.org' }],
      replyTo: [{ address: 'help@example.com' }],
      date: new Date(NOW).toISOString(),
    });
    expect(raw.toString()).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(mail?.html).toContain('Hello Ann');
    expect(mail?.html).toContain('href="https://shop.example/r/CLICK?a=1&amp;b=2"');
    expect(mail?.html).toContain('Only today: Tea</div>');
    expect(mail?.text).toContain('Hello Ann');
    expect(mail?.text).toContain('https://shop.example/r/CLICK?a=1&b=2');
    expect(mail?.text).not.toContain('Only today');
    expect(raw.toString()).not.toContain('X-Mailer');
    expect(outcome).toEqual({ status: 'accepted', providerId: mail?.messageId });
    expect(mail?.messageId).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    const again = await send({ links });
    expect(again.outcome).toEqual(outcome);
    expect((await send({ idempotencyKey: 'delivery-2' })).outcome).not.toEqual(outcome);
  });

  it('takes its own text where the treatment has one', async () => {
    const own = await compiledEmail({ subject: 's', html: '<p>rich</p>', text: 'plain & {{ offer.name }}' });
    const { mail } = await send({ data: { offer: { name: '<Tea>' } } }, {}, own);
    expect(mail?.text?.trim()).toBe('plain & <Tea>');
    expect(mail?.html?.trim()).toBe('<p>rich</p>');
  });

  it('shows hostile data as text', async () => {
    const firstName = '<script>alert(1)</script>"\'<img src=x onerror=alert(1)>\u0000';
    const { outcome, mail, raw } = await send({
      data: { profile: { traits: { firstName } }, offer: { name: '{{ 7 }}' } },
    });
    expect(outcome?.status).toBe('accepted');
    expect(mail?.html).not.toMatch(/<script|<img src=x/);
    expect(mail?.html).toContain('&lt;script&gt;');
    expect(mail?.html).toContain('Only today: {{ 7 }}');
    expect(mail?.text).toContain('<script>alert(1)</script>');
    expect(raw.includes(0)).toBe(false);
  });

  it('lets no data become a header', async () => {
    const evil = 'x\r\nBcc: victim@example.org\r\n\r\nbody\u2028\u0000';
    const { outcome, mail, raw } = await send(
      {
        to: { address: 'ann@example.org', name: evil },
        data: { offer: { name: evil }, profile: { traits: {} } },
      },
      { fromName: `Shop${evil}` },
    );
    expect(outcome?.status).toBe('accepted');
    expect(mail?.bcc).toBeUndefined();
    expect(mail?.subject).toBe('x Bcc: victim@example.org body  for');
    const names = mail?.headers.map(({ key }) => key).sort();
    expect(names).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(raw.toString().split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  });
});

describe('a marketing mail', () => {
  it('gets the open image, and a footer where the template lacks the unsubscribe link', async () => {
    const { mail } = await send({ class: 'marketing', links });
    expect(mail?.html).toMatch(/<a href="https:\/\/shop\.example\/u\/UNSUB"[^>]*>Unsubscribe<\/a>/);
    expect(mail?.html).toContain('https://shop.example/p/PREF');
    expect(mail?.html).toMatch(/<img src="https:\/\/shop\.example\/o\/OPEN\.gif"[^>]*>\s*<\/body>/);
    expect(mail?.text).toContain('Unsubscribe: https://shop.example/u/UNSUB');
    expect(mail?.text).toContain('Preferences: https://shop.example/p/PREF');
    expect(mail?.text).not.toContain('OPEN.gif');
  });

  it('gets no second footer', async () => {
    const own = await compiledEmail({
      subject: 's',
      html: '<p>Hi <a href="{{ links.unsubscribe }}">stop</a></p>',
    });
    const { mail } = await send({ class: 'marketing', links }, {}, own);
    expect(mail?.html?.split('/u/UNSUB')).toHaveLength(2);
    expect(mail?.text?.split('/u/UNSUB')).toHaveLength(2);
  });

  it('is not sent without a way to unsubscribe', async () => {
    const { outcome, mail } = await send({ class: 'marketing', links: {} });
    expect(outcome).toMatchObject({
      status: 'rejected',
      code: 'EMAIL.NO_UNSUBSCRIBE_LINK',
      retryable: false,
    });
    expect(mail).toBeUndefined();
  });

  it('offers one-click unsubscribe when it is signed and the public URL is https', async () => {
    const settings = { ...dkim, publicUrl: 'https://shop.example' };
    const { mail, raw } = await send({ class: 'marketing', links }, settings);
    const header = (key: string) => mail?.headers.find((one) => one.key === key)?.value;
    expect(header('list-unsubscribe')).toBe('<https://shop.example/u/UNSUB>');
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const verdict = await verifyDkim(raw, keys.publicKey);
    expect(verdict).toMatchObject({
      result: 'pass',
      domain: 'example.com',
      selector: 's1',
      algorithm: 'rsa-sha256',
    });
    expect(verdict?.signed).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'message-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    );
    const changed = Buffer.from(raw.toString('latin1').replace('UNSUB', 'OTHER'), 'latin1');
    expect(await verifyDkim(changed, keys.publicKey)).toMatchObject({ result: 'fail' });
  });

  it.each([
    ['unsigned', { publicUrl: 'https://shop.example' }, {}],
    ['over http', { ...dkim, publicUrl: 'http://localhost:4000' }, {}],
    ['without a public URL', dkim, {}],
    [
      'with an http link',
      { ...dkim, publicUrl: 'https://shop.example' },
      { links: { unsubscribe: 'http://x.example/u/1' } },
    ],
    ['transactional', { ...dkim, publicUrl: 'https://shop.example' }, { class: 'transactional' as const }],
  ])('offers no one-click unsubscribe when %s', async (_, settings, more) => {
    const { mail } = await send({ class: 'marketing', links, ...more }, settings);
    expect(mail?.headers.filter(({ key }) => key.startsWith('list-'))).toEqual([]);
  });

  it('is signed also when it offers none', async () => {
    const { raw } = await send({ links }, dkim);
    const verdict = await verifyDkim(raw, keys.publicKey);
    expect(verdict).toMatchObject({ result: 'pass' });
    expect(verdict?.signed.filter((name) => name.startsWith('list'))).toEqual([]);
  });
});
