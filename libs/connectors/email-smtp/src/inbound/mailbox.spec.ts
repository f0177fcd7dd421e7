import { emailSmtp } from '../index.js';
import { ReturnPaths } from '../return-path.js';
import { deliveryReport, plainMail } from '../testing/came-back.js';
import { contextFor } from '../testing/connector-fixture.js';
import { simulatedImap, type SimulatedMailbox } from '../testing/simulated-imap.js';

const attemptId = '019312d0-0000-7000-8000-00000000abcd';
const bounces = { bounceAddress: '@bounce.example.com', bounceKey: 'a key of some length' };
const path = new ReturnPaths(bounces.bounceAddress, bounces.bounceKey).addressOf(attemptId) ?? '';

let mailbox: SimulatedMailbox;
beforeEach(async () => {
  mailbox = await simulatedImap('reader', 'pa55 wörd');
});
afterEach(() => mailbox.close());

function poll(cursor?: string, more = {}, signal?: AbortSignal) {
  const settings = {
    port: 1,
    ...bounces,
    imapHost: '127.0.0.1',
    imapPort: mailbox.port,
    imapTls: 'none' as const,
    imapUser: 'reader',
    imapPassword: 'pa55 wörd',
    timeout: 5,
    ...more,
  };
  return emailSmtp.poll?.(cursor, contextFor(settings, signal ? { signal } : {}));
}

describe('the mailbox', () => {
  it('is read from where it was left, once each, and not changed', async () => {
    mailbox.mails.push(deliveryReport({ to: path }), plainMail('shop@example.com', 'Hi'));
    const first = await poll();
    expect(first).toMatchObject({
      facts: [
        { kind: 'receipt', attemptId, status: 'bounced', permanent: true, at: '2029-01-02T03:04:05.000Z' },
        { kind: 'message', address: 'ann@example.org', text: 'Hi' },
      ],
      more: false,
    });
    expect(await poll()).toEqual(first);
    expect((await poll(first?.cursor))?.facts).toEqual([]);
    mailbox.mails.push(plainMail('shop@example.com', 'And?'));
    expect((await poll(first?.cursor))?.facts).toMatchObject([{ text: 'And?' }]);
    expect(mailbox.commands.filter((one) => /^(SELECT|UID STORE|UID COPY|EXPUNGE)/i.test(one))).toEqual([]);
    expect(mailbox.commands.some((one) => /BODY\.PEEK/i.test(one))).toBe(true);
  });

  it('is read in portions, and past a mail that cannot be read', async () => {
    for (let i = 0; i < 60; i++) mailbox.mails.push(plainMail('shop@example.com', `Number ${i}`));
    mailbox.mails[3] = Buffer.from([0, 255, 13, 10, 0]);
    const first = await poll();
    expect(first).toMatchObject({ more: true });
    expect(first?.facts).toHaveLength(49);
    const second = await poll(first?.cursor);
    expect(second).toMatchObject({ more: false });
    expect(second?.facts).toHaveLength(10);
  });

  it('is read anew when its server counts anew', async () => {
    mailbox.mails.push(plainMail('shop@example.com', 'Hi'));
    const first = await poll();
    mailbox.validity += 1;
    expect((await poll(first?.cursor))?.facts).toEqual(first?.facts);
  });

  it('that does not open says so; without one there is nothing to read', async () => {
    await expect(poll(undefined, { imapPassword: 'wrong' })).rejects.toThrow();
    await expect(poll(undefined, {}, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    const none = { imapHost: undefined, imapUser: undefined, imapPassword: undefined };
    expect(await poll('here', none)).toEqual({ cursor: 'here', facts: [] });
  });
});
