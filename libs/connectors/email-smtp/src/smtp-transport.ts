import { accepted, rejected } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { createTransport, type SendMailOptions } from 'nodemailer';
import DKIM from 'nodemailer/lib/dkim';
import { connectionOptions } from './connection-options.js';
import type { EmailSettings } from './email-settings.js';
import { SendProgress } from './send-progress.js';
import { askExtensions } from './smtp-extensions.js';
import { outcomeOf } from './smtp-outcome.js';

/** What the signature covers (RFC 6376 section 5.4.1); RFC 8058 wants both List-Unsubscribe headers in it. */
const SIGNED_HEADERS = [
  'From',
  'Sender',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'Cc',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
].join(':');

export type Mail = SendMailOptions & { messageId: string };
type WatchedMail = Mail & { progress: SendProgress };

/** A pool of connections to one SMTP server. */
export class SmtpTransport {
  readonly #pool;
  #extensions: Promise<Set<string>> | undefined;

  constructor(private readonly settings: EmailSettings) {
    const dkim = signer(settings);
    this.#pool = createTransport({ ...connectionOptions(settings), pool: true });
    this.#pool.use('stream', (mail, done) => {
      if (dkim) mail.message.processFunc((content) => dkim.sign(content));
      // Last, so that it sees what is read to be sent, not what is read to be signed.
      mail.message.processFunc((content) => (mail.data as WatchedMail).progress.watch(content));
      done();
    });
  }

  /** Sends one mail; every way to fail becomes an outcome. */
  async send(mail: Mail, signal: AbortSignal): Promise<Outcome> {
    const progress = new SendProgress();
    const watched: WatchedMail = { ...mail, signal, progress };
    try {
      await this.#pool.sendMail(watched);
      return accepted(mail.messageId);
    } catch (error) {
      return outcomeOf(error, progress.contentLeft);
    }
  }

  /** Why an address with a part beyond ASCII before the @ cannot be written to, if it cannot. */
  async refusalOfInternational(): Promise<Outcome | undefined> {
    this.#extensions ??= askExtensions(this.settings);
    try {
      if ((await this.#extensions).has('SMTPUTF8')) return undefined;
      const detail = 'the server takes ASCII addresses only';
      return rejected('EMAIL.SMTPUTF8_UNSUPPORTED', { retryable: false, detail });
    } catch (error) {
      this.#extensions = undefined;
      return outcomeOf(error, false);
    }
  }

  /** Connects and logs in. @throws when that fails */
  async verify(): Promise<void> {
    await this.#pool.verify();
  }

  close(): void {
    this.#pool.close();
  }
}

function signer(settings: EmailSettings): DKIM | undefined {
  const { dkimDomain, dkimSelector, dkimPrivateKey } = settings;
  if (!dkimDomain || !dkimSelector || !dkimPrivateKey) return undefined;
  return new DKIM({
    domainName: dkimDomain,
    keySelector: dkimSelector,
    privateKey: dkimPrivateKey,
    headerFieldNames: SIGNED_HEADERS,
  });
}
