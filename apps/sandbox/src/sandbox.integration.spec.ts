import { connect } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import type { Mail, MailPage } from './mailbox/mail.js';
import { startSandbox } from './sandbox.js';
import type { Sandbox } from './sandbox.js';

describe('the sandbox mailbox', () => {
  let sandbox: Sandbox;
  let transport: ReturnType<typeof createTransport>;

  beforeEach(async () => {
    sandbox = await startSandbox({
      port: 0,
      smtpPort: 0,
      clientFolder: join(__dirname, 'client'),
      limits: { mails: 20, segmentBytes: 10_000 },
      twilio: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', pace: 1 },
    });
    transport = createTransport({ host: sandbox.smtp.host, port: sandbox.smtp.port });
  });

  afterEach(async () => {
    transport.close();
    await sandbox.stop();
  });

  const send = (mail: SendMailOptions): Promise<unknown> =>
    transport.sendMail({ from: 'Shop <shop@example.org>', to: 'ann@example.org', text: 'Hello', ...mail });
  const get = (path: string, init?: RequestInit): Promise<Response> => fetch(`${sandbox.url}${path}`, init);
  const list = async (query = ''): Promise<MailPage> =>
    (await get(`/sandbox/api/messages${query}`)).json() as Promise<MailPage>;
  const open = async (id: string): Promise<Mail> =>
    (await get(`/sandbox/api/messages/${id}`)).json() as Promise<Mail>;

  it('shows a mail with its HTML, text, headers, links and source', async () => {
    await send({
      subject: 'Grüße ☕',
      text: 'See https://shop.example/text.',
      html: '<p>See <a href="https://shop.example/r/1?a=1&amp;b=2">this</a></p>',
      headers: { 'X-Delivery': '42' },
      attachments: [{ filename: 'menu.txt', content: 'espresso' }],
    });

    const { items, nextCursor, total, unread } = await list();
    expect({ nextCursor, total, unread }).toEqual({ nextCursor: null, total: 1, unread: 1 });
    const [summary] = items;
    expect(summary).toMatchObject({
      from: 'shop@example.org',
      fromName: 'Shop',
      to: ['ann@example.org'],
      subject: 'Grüße ☕',
      seen: false,
    });

    const mail = await open(summary?.id ?? '');
    expect(mail.html).toContain('<p>See');
    expect(mail.text).toContain('https://shop.example/text');
    expect(mail.headers).toContainEqual({ name: 'X-Delivery', value: '42' });
    expect(mail.links).toEqual(['https://shop.example/r/1?a=1&b=2', 'https://shop.example/text']);
    expect(mail.attachments).toEqual([{ filename: 'menu.txt', mimeType: 'text/plain', size: 8 }]);

    const source = await get(`/sandbox/api/messages/${mail.id}/source`);
    expect(source.headers.get('content-type')).toContain('text/plain');
    expect(await source.text()).toContain('X-Delivery: 42');
  });

  it('lists by the envelope, so blind copies are found', async () => {
    await send({ bcc: 'secret@example.org' });
    const { items } = await list('?to=Secret@example.org');
    expect(items.map(({ to }) => to)).toEqual([['ann@example.org', 'secret@example.org']]);
  });

  it('pages newest first and searches', async () => {
    for (let count = 1; count <= 5; count++)
      await send({ subject: `Mail ${count}`, to: count % 2 ? 'odd@example.org' : 'even@example.org' });

    const first = await list('?limit=2');
    expect(first.items.map(({ subject }) => subject)).toEqual(['Mail 5', 'Mail 4']);
    const second = await list(`?limit=3&cursor=${first.nextCursor}`);
    expect(second.items.map(({ subject }) => subject)).toEqual(['Mail 3', 'Mail 2', 'Mail 1']);
    expect(second.nextCursor).toBeNull();

    expect((await list('?to=even@example.org')).items).toHaveLength(2);
    expect((await list('?q=MAIL%203')).items.map(({ subject }) => subject)).toEqual(['Mail 3']);
  });

  it('keeps the newest mails when full and lets go of the rest', async () => {
    const body = 'x'.repeat(3000);
    for (let count = 1; count <= 25; count++) await send({ subject: `Mail ${count}`, text: body });

    const { items, total } = await list('?limit=200');
    expect(total).toBe(20);
    expect(items.at(0)?.subject).toBe('Mail 25');
    expect(items.at(-1)?.subject).toBe('Mail 6');
    for (const { id } of items) expect((await open(id)).text?.trim()).toBe(body);
  });

  it('marks a mail as seen and deletes all', async () => {
    await send({});
    const { items } = await list();
    const id = items[0]?.id ?? '';
    expect((await get(`/sandbox/api/messages/${id}/seen`, { method: 'PUT' })).status).toBe(204);
    expect(await list()).toMatchObject({ unread: 0, items: [{ seen: true }] });

    expect((await get('/sandbox/api/messages', { method: 'DELETE' })).status).toBe(204);
    expect(await list()).toEqual({ items: [], nextCursor: null, total: 0, unread: 0 });
    await send({ subject: 'After' });
    expect((await list()).items).toMatchObject([{ subject: 'After' }]);
  });

  it('answers with problem documents', async () => {
    const missing = await get('/sandbox/api/messages/none');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toContain('application/problem+json');
    expect(await missing.json()).toMatchObject({ code: 'SANDBOX.NO_SUCH_MAIL', status: 404 });

    const bad = await get('/sandbox/api/messages?limit=0');
    expect(await bad.json()).toMatchObject({ status: 400, errors: [{ pointer: '#/limit' }] });
    expect((await get('/sandbox/nowhere')).status).toBe(404);
  });

  it('refuses a mail over the size limit and takes the next', async () => {
    await expect(send({ text: 'x'.repeat(11 * 1024 * 1024) })).rejects.toMatchObject({ responseCode: 552 });
    await send({ subject: 'Small' });
    expect((await list()).items).toMatchObject([{ subject: 'Small' }]);
  });

  it('keeps a mail that is no MIME at all', async () => {
    await sendLines(sandbox.smtp.port, [
      'EHLO test',
      'MAIL FROM:<a@example.org>',
      'RCPT TO:<b@example.org>',
      'DATA',
      'no header at all\r\n.',
      'QUIT',
    ]);
    const { items } = await list();
    expect(items).toMatchObject([{ from: 'a@example.org', to: ['b@example.org'] }]);
    expect((await open(items[0]?.id ?? '')).id).toBe(items[0]?.id);
  });

  it('shows HTML in a document that cannot run scripts', async () => {
    await send({ html: '<html><head></head><body><script>alert(1)</script>Hi</body></html>' });
    const { items } = await list();
    const page = await get(`/sandbox/messages/${items[0]?.id}/html`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(await page.text()).toContain('<head><base target="_blank">');
  });

  it('serves the page with and without a closing slash', async () => {
    for (const path of ['/sandbox', '/sandbox/', '/sandbox/messages/abc']) {
      const page = await get(path);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('/sandbox/assets/mailbox-app.js');
    }
    expect((await get('/sandbox/assets/sandbox.css')).headers.get('content-type')).toContain('text/css');
    expect((await get('/sandbox/assets/..%2f..%2fmain.ts')).status).toBe(404);
  });

  it('tells the page of new mails', async () => {
    const stop = new AbortController();
    const stream = await get('/sandbox/api/stream', { signal: stop.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"total":0');
    await send({});
    expect((await reader?.read())?.value).toContain('event: mails\ndata: {"total":1,"unread":1}');
    stop.abort();
  });
});

/** Speaks SMTP line by line, each after the answer to the one before. */
function sendLines(port: number, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = [...lines];
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      // The last line of an answer has a space behind its code.
      if (!/^\d{3} [^\r\n]*\r\n$/m.test(text.slice(text.lastIndexOf('\n', text.length - 2) + 1))) return;
      text = '';
      const line = waiting.shift();
      if (line) socket.write(`${line}\r\n`);
    });
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
}
