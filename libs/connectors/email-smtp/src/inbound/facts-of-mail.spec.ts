import { checkFacts } from '@repartee/connector-sdk';
import fc from 'fast-check';
import { emailSettings } from '../email-settings.js';
import { ReturnPaths } from '../return-path.js';
import { deliveryReport, feedbackReport, plainMail } from '../testing/came-back.js';
import { factsOfMail } from './facts-of-mail.js';

const settings = emailSettings.parse({
  host: 'h',
  from: 'shop@example.com',
  bounceAddress: 'bounces@example.com',
  bounceKey: 'a key of some length',
});
const attemptId = '019312d0-0000-7000-8000-00000000abcd';
const path = ReturnPaths.of(settings)?.addressOf(attemptId) ?? '';
const providerId = `<${'1f'.repeat(20)}@example.com>`;

async function facts(raw: Buffer, at?: string) {
  const said = await factsOfMail(raw, settings, at);
  expect(checkFacts(said).refused).toEqual([]);
  return said;
}

describe('a delivery report', () => {
  it('is a bounce of the attempt that its address names', async () => {
    expect(await facts(deliveryReport({ to: path }), '2029-01-02T03:04:05.000Z')).toEqual([
      {
        kind: 'receipt',
        id: expect.stringMatching(/^mail:[0-9a-f]{40}$/),
        attemptId,
        status: 'bounced',
        permanent: true,
        code: '5.1.1',
        detail: '550 5.1.1 no such user',
        at: '2029-01-02T03:04:05.000Z',
      },
    ]);
  });

  it.each<[string, string, boolean, string]>([
    ['5.1.1', 'smtp; 550 no', true, '5.1.1'],
    ['5.1.10', 'smtp; 556 the domain takes no mail', true, '5.1.10'],
    ['5.0.0', 'smtp; 550 5.1.1 no such user', true, '5.1.1'],
    ['5.0.0', 'smtp; 550 not today', true, '5.0.0'],
    ['5.0.0', 'Unrouteable address', true, '5.0.0'],
    ['5.4.1', 'smtp; 550 5.4.1 Recipient address rejected:\nAccess denied', true, '5.4.1'],
    ['5.2.2', 'smtp; 552 5.2.2 over quota', false, '5.2.2'],
    ['5.7.1', 'smtp; 550 5.7.1 listed by a blocklist', false, '5.7.1'],
    ['5.0.0', 'smtp; 550 message looks like spam', false, '5.0.0'],
    ['4.4.7', 'smtp; delivery time expired', false, '4.4.7'],
    ['4.0.0', 'smtp; 450 user unknown', false, '4.0.0'],
  ])('%s with “%s”: the address is gone: %s', async (status, diagnostic, permanent, code) => {
    const [fact] = await facts(deliveryReport({ to: path, status, diagnostic }));
    expect(fact).toMatchObject({ status: 'bounced', permanent, code });
  });

  it('of a delay, or of a mail that was passed on, is no bounce; of a delivery it is one', async () => {
    for (const action of ['delayed', 'relayed', 'expanded'])
      expect(await facts(deliveryReport({ to: path, action, status: '4.4.1' }))).toEqual([]);
    expect(await facts(deliveryReport({ to: path, action: 'delivered', status: '2.0.0' }))).toMatchObject([
      { status: 'delivered', attemptId },
    ]);
  });

  it('without our return path is known by the message it returns', async () => {
    const report = { to: 'shop@example.com', messageId: providerId };
    const [fact] = await facts(deliveryReport(report));
    expect(fact).toMatchObject({ kind: 'receipt', providerId, status: 'bounced' });
    expect(fact).not.toHaveProperty('address');
    expect(await facts(deliveryReport({ ...report, returnPath: path }))).toMatchObject([{ attemptId }]);
  });

  it('that somebody made up says nothing', async () => {
    const forged = path.replace(/\+.{10}/, '+aaaaaaaaaa');
    const messageId = '<someone@elsewhere.example>';
    expect(await facts(deliveryReport({ to: forged, messageId }))).toEqual([]);
    expect(await facts(deliveryReport({ to: 'shop@example.com', messageId }))).toEqual([]);
  });
});

describe('a bounce in plain words', () => {
  const daemon = { From: 'MAILER-DAEMON@mx.example.net', Subject: 'failure notice' };
  it('counts for the attempt of its address', async () => {
    const words =
      'Hi. This is the qmail-send program.\nI gave up:\n<gone@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\nHello';
    expect(await facts(plainMail(path, words, daemon))).toMatchObject([
      { kind: 'receipt', attemptId, status: 'bounced', permanent: true, code: '5.1.1' },
    ]);
  });

  it('that warns of a delay is none', async () => {
    const words = 'Your message has not yet been delivered. 450 busy.\nYou do not need to resend it. 5.0.0';
    expect(await facts(plainMail(path, words, daemon))).toEqual([]);
  });

  it('without a return path of ours is about nobody', async () => {
    expect(await facts(plainMail('shop@example.com', '550 user unknown', daemon))).toEqual([]);
  });
});

describe('a complaint', () => {
  it('is one of the attempt, by its return path or its Message-ID', async () => {
    expect(await facts(feedbackReport({ returnPath: path }))).toMatchObject([
      { kind: 'receipt', attemptId, status: 'complained', code: 'abuse' },
    ]);
    expect(await facts(feedbackReport({ returnPath: 'x@example.com', messageId: providerId }))).toMatchObject(
      [{ providerId, status: 'complained' }],
    );
  });

  it.each(['not-spam', 'virus', 'other'])('of the kind %s is none', async (type) => {
    expect(await facts(feedbackReport({ returnPath: path, type }))).toEqual([]);
  });
});

describe('a mail of a person', () => {
  it('is a message, without what it answers', async () => {
    const text =
      'Do you have it in green?\n\nOn Tue, 2 Jan 2029 at 03:04, Shop <shop@example.com> wrote:\n> Tea\n> unsubscribe here';
    expect(await facts(plainMail('Shop@example.com', text))).toEqual([
      {
        kind: 'message',
        id: expect.stringMatching(/^mail:/),
        address: 'ann@example.org',
        sender: 'shop@example.com',
        text: 'Do you have it in green?',
        providerId: '<1@example.org>',
        looksLikeRefusal: false,
      },
    ]);
  });

  it.each(['Please remove me from your list', 'STOP', 'Bitte keine weiteren Mails mehr', 'unsubscribe'])(
    '“%s” looks like a refusal',
    async (text) => {
      expect(await facts(plainMail('shop@example.com', text))).toMatchObject([{ looksLikeRefusal: true }]);
    },
  );

  it.each<[string, Record<string, string>]>([
    ['a vacation responder (RFC 3834)', { 'Auto-Submitted': 'auto-replied' }],
    ['a responder that says so otherwise', { 'X-Autoreply': 'yes' }],
    ['an absence', { Subject: 'Out of office: Re: Tea' }],
    ['a mailing list', { 'List-Id': '<x.example.org>' }],
    ['bulk mail', { Precedence: 'bulk' }],
    ['a null return path', { 'Return-Path': '<>' }],
  ])('is not what %s wrote', async (_, headers) => {
    expect(await facts(plainMail(path, 'I am away until Monday. 550 5.1.1', headers))).toEqual([]);
  });

  it('is one though it says that no program sent it', async () => {
    expect(await facts(plainMail('shop@example.com', 'Hi', { 'Auto-Submitted': 'no' }))).toHaveLength(1);
  });
});

it('whatever comes in, it is read without a fault', async () => {
  const pieces = fc.constantFrom(
    'From: a@example.org\r\n',
    'Content-Type: multipart/report; boundary=x\r\n',
    '\r\n',
    '--x\r\n',
    '--x--',
    'Content-Type: message/delivery-status\r\n',
    'Action: failed\r\n',
    'Content-Transfer-Encoding: base64\r\n',
    ': \r\n',
    `To: ${path}\r\n`,
    '\0',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 }), async (all) => {
      await facts(Buffer.from(all.join('')));
    }),
  );
});

describe('the sender of an answer', () => {
  const withResults = (...results: string[]) => ({
    raw: Buffer.concat([
      Buffer.from(results.map((result) => `Authentication-Results: ${result}\r\n`).join('')),
      plainMail('shop@example.com', 'Please stop'),
    ]),
  });
  const ours = { ...settings, inboundAuthserv: 'mx.example.com' };
  const unproved = async (results: string[], known = ours) => {
    const [fact] = await factsOfMail(withResults(...results).raw, known);
    expect(fact).toMatchObject({ kind: 'message', address: 'ann@example.org' });
    return fact?.kind === 'message' && fact.unproved === true;
  };

  it.each([
    ['DMARC', 'mx.example.com; dmarc=pass header.from=example.org'],
    ['a signature of the domain', 'mx.example.com 1; dkim=pass (2048 bits) header.d=Example.org'],
    ['the domain of the envelope', 'mx.example.com; spf=pass smtp.mailfrom=ann@mail.example.org; dmarc=none'],
  ])('is proved by %s', async (_by, result) => expect(await unproved([result])).toBe(false));

  it.each([
    ['nothing', []],
    ['a failure', ['mx.example.com; dkim=pass header.d=example.org; dmarc=fail header.from=example.org']],
    [
      'another domain',
      ['mx.example.com; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example'],
    ],
    ['a header that the sender wrote', ['evil.example; dmarc=pass', 'mx.example.com; dmarc=fail']],
    ['words in a comment', ['mx.example.com; (dmarc=pass) dkim=fail (dmarc=pass)']],
    ['a name that is a part of ours', ['mx.example.com.evil.example; dmarc=pass']],
  ])('is not proved by %s', async (_by, results) => expect(await unproved(results)).toBe(true));

  it('is doubted only where DMARC failed while nobody says which server is ours', async () => {
    expect(await unproved([], settings as typeof ours)).toBe(false);
    expect(await unproved(['mx.example.com; dmarc=fail'], settings as typeof ours)).toBe(true);
  });
});
