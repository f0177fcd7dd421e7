import { type AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** An SMTP server that counts. What it does with a mail is said by the local part of the address. */
export interface PostOffice {
  environment: Record<string, string>;
  /** How often the content of a mail to an address was taken. */
  taken: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Takes mails; refuses those to `refused-…`; takes those to `silent-…` and says nothing any more. */
export async function openPostOffice(): Promise<PostOffice> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _session, done) {
      if (!address.startsWith('refused-')) return done();
      done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    },
    onData(stream, { envelope }, done) {
      stream.resume();
      stream.on('end', () => {
        for (const { address } of envelope.rcptTo) taken.set(address, (taken.get(address) ?? 0) + 1);
        if (!envelope.rcptTo.some(({ address }) => address.startsWith('silent-'))) done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    environment: {
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(port),
      EMAIL_SMTP_TLS: 'none',
      EMAIL_SMTP_FROM: 'shop@example.com',
      EMAIL_SMTP_TIMEOUT: '2',
    },
    taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
