import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { until } from './visibly.js';

export interface Mailbox {
  /** What a core needs to send here. */
  environment: Record<string, string>;
  received: Email[];
  /** Recipients of the messages whose content was taken, answered or not. */
  contents: string[];
  /** Waits until there are so many mails for an address; the last one. */
  mailTo(address: string, count?: number): Promise<Email>;
  mailsTo(address: string): Email[];
  close(): Promise<void>;
}

/** A real SMTP server. With `hangs` it takes the content of a message and then says nothing any more. */
export async function openMailbox({ hangs = false } = {}): Promise<Mailbox> {
  const received: Email[] = [];
  const contents: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        contents.push(...session.envelope.rcptTo.map(({ address }) => address));
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          received.push(mail);
          if (!hangs) done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const mailsTo = (address: string) => received.filter((mail) => mail.to?.[0]?.address === address);
  return {
    environment: {
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(port),
      EMAIL_SMTP_TLS: 'none',
      EMAIL_SMTP_FROM: 'shop@example.com',
    },
    received,
    contents,
    mailsTo,
    mailTo: (address, count = 1) =>
      until(`${count} mails to ${address}`, () =>
        Promise.resolve(mailsTo(address).length >= count && mailsTo(address).at(-1)),
      ),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
