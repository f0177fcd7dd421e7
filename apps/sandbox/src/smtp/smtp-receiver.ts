import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { FaultBox, NO_MAIL_FAULTS, type MailFaults } from '../faults/faults.js';
import type { MailStore } from '../mailbox/mail-store.js';

const MEGABYTE = 1024 * 1024;
const MAIL_BYTES = 10 * MEGABYTE;
/** Mails being received at one time may hold this much; further ones are asked to come again. */
const INCOMING_BYTES = 32 * MEGABYTE;

/** An SMTP server that takes every mail, for any recipient, and keeps it. */
export class SmtpReceiver {
  readonly faults: FaultBox<MailFaults>;
  private incoming = 0;
  private readonly server: SMTPServer;

  constructor(
    private readonly store: MailStore,
    random: () => number,
  ) {
    this.faults = new FaultBox(NO_MAIL_FAULTS, random);
    this.server = new SMTPServer({
      name: 'repartee-sandbox',
      banner: 'Repartee sandbox',
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAIL_BYTES,
      maxClients: 100,
      closeTimeout: 2000,
      logger: false,
      onData: (stream, session, done) => {
        this.receive(stream, session).then(
          (answer) => answer !== undefined && done(null, answer),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    });
    // A client that hangs up in the middle is its own affair; a failed listen is reported by listen().
    this.server.on('error', () => undefined);
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve((this.server.server.address() as AddressInfo).port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** @returns what the client is told; undefined where it is told nothing */
  private async receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
  ): Promise<string | undefined> {
    const chunks: Buffer[] = [];
    let held = 0;
    let crowded = false;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        // The stream is read to its end even when the mail is refused: SMTP answers only after the last dot.
        crowded ||= this.incoming + chunk.length > INCOMING_BYTES;
        if (crowded || stream.sizeExceeded) continue;
        chunks.push(chunk);
        held += chunk.length;
        this.incoming += chunk.length;
      }
      if (stream.sizeExceeded) throw refusal(552, 'Message exceeds the size limit');
      if (crowded) throw refusal(452, 'Too much mail at once, try again');
      return await this.keep(session, Buffer.concat(chunks));
    } finally {
      this.incoming -= held;
    }
  }

  private async keep(session: SMTPServerSession, source: Buffer): Promise<string | undefined> {
    const { faults } = this;
    await sleep(faults.latency, undefined, { ref: false });
    if (faults.strikes('tryLater')) throw refusal(451, 'Not now, try again later');
    if (faults.strikes('serverError')) throw refusal(554, 'Transaction failed');
    if (faults.strikes('hang')) return undefined;
    const { mailFrom, rcptTo } = session.envelope;
    const mail = await this.store.add({
      envelopeFrom: mailFrom ? mailFrom.address : '',
      envelopeTo: rcptTo.map(({ address }) => address),
      source,
    });
    return faults.strikes('silentAfterAccept') ? undefined : `Message kept as ${mail.id}`;
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
