import { emailSmtp } from './index.js';
import type { CompiledEmail } from './email-content.js';
import type { EmailSettings } from './email-settings.js';
import { actionFor, compiledEmail, contextFor } from './testing/connector-fixture.js';
import { startSmtpScript } from './testing/smtp-script.js';
import { startSmtpSink } from './testing/smtp-sink.js';

let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let compiled: CompiledEmail;
const contexts: ReturnType<typeof contextFor>[] = [];

beforeAll(async () => {
  sink = await startSmtpSink();
  compiled = await compiledEmail({ subject: 'Hello', html: '<p>Hello</p>' });
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

describe('addresses', () => {
  it('writes the domain in ASCII', async () => {
    const script = await startSmtpScript({});
    const { outcome } = await send({ to: { address: 'ann@bücher.example' } }, { port: script.port });
    expect(outcome?.status).toBe('accepted');
    expect(script.commands).toContain('RCPT TO:<ann@xn--bcher-kva.example>');
    await script.close();
  });

  it('writes to parts beyond ASCII when the server takes them', async () => {
    const { outcome } = await send({ to: { address: 'jörg@example.org' } });
    expect(outcome?.status).toBe('accepted');
    expect(sink.received[0]?.to).toEqual(['jörg@example.org']);
  });

  it('refuses them when it does not', async () => {
    const old = await startSmtpSink({ hideSMTPUTF8: true });
    const { outcome } = await send({ to: { address: 'jörg@example.org' } }, { port: old.port });
    expect(outcome).toMatchObject({
      status: 'rejected',
      code: 'EMAIL.SMTPUTF8_UNSUPPORTED',
      retryable: false,
    });
    expect(old.received).toEqual([]);
    await old.close();
  });

  it.each([
    ['of 5,000 characters', `${'a'.repeat(4988)}@example.org`],
    ['with a second recipient', 'ann@example.org, bob@example.org'],
    ['with a header', 'ann@example.org\r\nRCPT TO:<bob@example.org>'],
    ['with nothing before the @', '@example.org'],
    ['without an @', 'ann'],
    ['with an angle', '<ann@example.org>'],
    ['at a number', 'ann@127.0.0.1'],
    ['at an empty label', 'ann@example..org'],
  ])('refuses one %s', async (_, address) => {
    const { outcome } = await send({ to: { address } });
    expect(outcome).toMatchObject({ status: 'rejected', code: 'EMAIL.ADDRESS_INVALID', retryable: false });
    expect(sink.received).toEqual([]);
  });
});

describe('refusals of the server', () => {
  it.each([
    ['rcpt450@example.org', 'EMAIL.RECIPIENT_DEFERRED', true],
    ['rcpt550@example.org', 'EMAIL.RECIPIENT_REJECTED', false],
    ['data451@example.org', 'EMAIL.MESSAGE_REJECTED', true],
    ['data552@example.org', 'EMAIL.MESSAGE_REJECTED', false],
  ])('%s is %s', async (address, code, retryable) => {
    const { outcome } = await send({ to: { address } });
    expect(outcome).toMatchObject({
      status: 'rejected',
      code,
      retryable,
      detail: expect.stringContaining('not today') as string,
    });
  });

  it('of the sender are told apart', async () => {
    const { outcome } = await send({}, { from: 'sender553@example.com' });
    expect(outcome).toMatchObject({ status: 'rejected', code: 'EMAIL.SENDER_REJECTED', retryable: false });
  });

  it('of the log-in are the operator’s affair: the message may go later', async () => {
    const closed = await startSmtpSink({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('wrong'), { responseCode: 535 })),
    });
    const context = contextFor({ port: closed.port, user: 'u', password: 'p' });
    const outcome = await emailSmtp.deliver?.(actionFor(compiled), context);
    expect(outcome).toMatchObject({
      status: 'rejected',
      code: 'EMAIL.AUTHENTICATION_FAILED',
      retryable: true,
    });
    await expect(emailSmtp.checkSettings?.(context)).rejects.toThrow();
    await context.resources.close();
    await closed.close();
  });

  it('of TLS keep the mail from leaving when TLS is required', async () => {
    const { outcome, mail } = await send({}, { tls: 'required' });
    expect(outcome).toMatchObject({ status: 'rejected', retryable: true });
    expect(mail).toBeUndefined();
  });
});

describe('settings', () => {
  it('are checked against the server', async () => {
    const context = contextFor({ port: sink.port });
    await expect(emailSmtp.checkSettings?.(context)).resolves.toBeUndefined();
    await context.resources.close();
  });

  it('a template that fails with these data is not retried', async () => {
    const endless = await compiledEmail({ subject: 's', html: '{% for i in (1..n) %}x{% endfor %}' });
    const { outcome } = await send({ data: { n: 1e9 } }, {}, endless);
    expect(outcome).toMatchObject({ status: 'rejected', code: 'EMAIL.TEMPLATE_FAILED', retryable: false });
  });
});

describe('a recipient whom the server refuses', () => {
  const refusedWith = async (rcpt: string) => {
    const script = await startSmtpScript({ rcpt });
    const { outcome } = await send({}, { port: script.port });
    await script.close();
    expect(outcome).toMatchObject({ status: 'rejected', code: 'EMAIL.RECIPIENT_REJECTED' });
    return outcome?.status === 'rejected' ? outcome.facts : undefined;
  };

  it.each(['550 5.1.1 no such user', '550 No such user here', '553 5.1.3 bad address'])(
    'by %s bounced for good',
    async (reply) =>
      expect(await refusedWith(reply)).toEqual([
        expect.objectContaining({ kind: 'receipt', status: 'bounced', permanent: true }),
      ]),
  );

  it.each(['550 5.7.1 blocked by our policy', '552 5.2.2 mailbox full'])(
    'by %s has an address as good as before',
    async (reply) => expect(await refusedWith(reply)).toBeUndefined(),
  );
});
