import type {
  ProviderAnswer,
  ProviderReport,
  SimulatedProvider,
  TakenMessage,
} from '@repartee/connector-test-kit';
import { randomUUID as newId } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { SIGNATURE_HEADER, signatureOf } from '../inbound/webhook.js';
import { ReturnPaths } from '../return-path.js';
import { deliveryReport, feedbackReport, plainMail } from './came-back.js';
import { simulatedImap } from './simulated-imap.js';

/** What comes back goes to these. */
const BACK = {
  bounceAddress: 'bounces@example.com',
  bounceKey: 'bounce key ä/1+2=3',
  inboundSecret: 'inbound secret ü/4',
};
const returnPaths = new ReturnPaths(BACK.bounceAddress, BACK.bounceKey);
const USER = 'mailer';
const PASSWORD = 'pa55 wörd/+=';

/** What the server says where a message meets its answer. */
const REPLIES = {
  refuse: { RCPT: '550 5.1.1' },
  unauthorized: { AUTH: '535 5.7.8', MAIL: '530 5.7.0' },
  // Of the mailbox: what is said of the whole domain holds for the next mails to it as well.
  throttle: { RCPT: '450 4.2.1' },
  fail: { content: '451 4.3.0' },
} as const;

/** An SMTP server (RFC 5321, with AUTH) that plays the provider for the contract of connectors. */
export async function simulatedSmtp(): Promise<SimulatedProvider> {
  const answers: ProviderAnswer[] = [];
  const taken: TakenMessage[] = [];
  const sockets = new Set<Socket>();
  let heard = () => undefined as void;
  const busy = new Promise<void>((resolve) => (heard = resolve));
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    talk(socket, answers, taken, () => heard());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const mailbox = await simulatedImap(USER, PASSWORD);
  mailbox.mails.push(deliveryReport({ to: returnPaths.addressOf(newId()) ?? '' }));
  return {
    settings: {
      host: '127.0.0.1',
      port,
      tls: 'none',
      user: USER,
      password: PASSWORD,
      from: 'shop@example.com',
      ...BACK,
      imapHost: '127.0.0.1',
      imapPort: mailbox.port,
      imapTls: 'none',
      imapUser: USER,
      imapPassword: PASSWORD,
    },
    next: (answer) => {
      // Who was refused at the log-in brought no message that could have used the answer up.
      if (answers[0]?.kind === 'unauthorized') answers.shift();
      answers.push(answer);
    },
    taken: () => taken,
    busy: () => busy,
    webhook: (report, url) => {
      const body = mailOf(report);
      return {
        method: 'POST',
        url,
        headers: {
          'content-type': 'message/rfc822',
          [SIGNATURE_HEADER]: signatureOf(body, BACK.inboundSecret),
        },
        body,
      };
    },
    stop: async () => {
      await mailbox.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

/** The mail by which a mail server reports. */
function mailOf({ kind, attemptId, address }: ProviderReport): Buffer {
  const returnPath = returnPaths.addressOf(attemptId) ?? '';
  if (kind === 'complained') return feedbackReport({ returnPath });
  if (kind === 'message') return plainMail('shop@example.com', 'Hello?', { From: address });
  return kind === 'delivered'
    ? deliveryReport({ to: returnPath, action: 'delivered', status: '2.0.0', diagnostic: 'smtp; 250 ok' })
    : deliveryReport({ to: returnPath });
}

/** One connection. An answer is used up by the message that meets it. */
function talk(socket: Socket, answers: ProviderAnswer[], taken: TakenMessage[], heard: () => void): void {
  let answer: ProviderAnswer = { kind: 'accept' };
  let to = '';
  let inContent = false;
  let buffered = '';
  const say = (line: string) => void socket.write(`${line}\r\n`);
  const replyTo = (stage: string, otherwise: string) => {
    const replies: Readonly<Record<string, Readonly<Record<string, string>>>> = REPLIES;
    const code = replies[answer.kind]?.[stage];
    say(code === undefined ? otherwise : `${code} ${answer.words ?? 'no'}`);
  };
  const onMessage = () => {
    answer = answers.shift() ?? { kind: 'accept' };
    if (answer.kind === 'hang') heard();
    else if (answer.kind === 'reset') socket.destroy();
    else replyTo('MAIL', '250 ok');
  };
  const onContent = () => {
    inContent = false;
    if (answer.kind === 'accept' || answer.kind === 'accept-and-hang') taken.push({ to });
    if (answer.kind === 'accept-and-hang') heard();
    else replyTo('content', '250 taken');
  };
  const onLog = () => {
    if (answers[0]?.kind === 'unauthorized') answer = answers[0];
    replyTo('AUTH', '235 welcome');
  };
  const onLine = (line: string) => {
    if (inContent) return line === '.' ? onContent() : undefined;
    if (/^EHLO/i.test(line)) return say('250-simulated\r\n250-8BITMIME\r\n250 AUTH PLAIN');
    if (/^AUTH/i.test(line)) return onLog();
    if (/^MAIL/i.test(line)) return onMessage();
    if (/^RCPT/i.test(line)) {
      to = /<(.*)>/.exec(line)?.[1] ?? '';
      return replyTo('RCPT', '250 ok');
    }
    if (/^DATA/i.test(line)) {
      inContent = true;
      return say('354 go');
    }
    return /^QUIT/i.test(line) ? void socket.end('221 bye\r\n') : say('250 ok');
  };
  socket.on('data', (chunk) => {
    const lines = (buffered + chunk.toString()).split('\r\n');
    buffered = lines.pop() ?? '';
    lines.forEach(onLine);
  });
  say('220 simulated');
}
