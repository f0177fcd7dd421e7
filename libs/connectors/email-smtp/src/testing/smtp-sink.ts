import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  raw: Buffer;
  mail: Email;
  from: string;
  to: string[];
}

/** A real SMTP server that keeps what it takes. Recipients steer it: `550.code@…` is refused with that code. */
export async function startSmtpSink(options: SMTPServerOptions = {}) {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onRcptTo({ address }, _session, done) {
      done(refusalIn(address, 'rcpt'));
    },
    onMailFrom({ address }, _session, done) {
      done(refusalIn(address, 'sender'));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        void PostalMime.parse(raw).then((mail) => {
          const refusal = refusalIn(to[0] ?? '', 'data');
          if (!refusal) received.push({ raw, mail, from, to });
          done(refusal);
        });
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function refusalIn(address: string, stage: string): Error | null {
  const [, at, code] = /^(rcpt|data|sender)(\d{3})@/.exec(address) ?? [];
  return at === stage ? Object.assign(new Error('not today'), { responseCode: Number(code) }) : null;
}
