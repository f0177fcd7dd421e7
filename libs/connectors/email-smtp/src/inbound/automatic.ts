import type { InboundMail } from './inbound-mail.js';

const DAEMON = /^(mailer-daemon|postmaster|mail-daemon|mdaemon|bounces?)\b/;
const PRECEDENCE = /bulk|junk|list|auto_reply/i;
const MARKS = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress', 'list-id', 'list-unsubscribe'];
const SUBJECT =
  /^(auto(matic|matische)? ?-?(reply|antwort|response)|out of (the )?office|abwesenheits|réponse automatique)/i;

/** Whether a program sent it: nobody reads an answer to it, and it is no answer of a person (RFC 3834, section 2). */
export function isAutomatic(mail: InboundMail): boolean {
  const submitted = mail.header('auto-submitted');
  return (
    (submitted !== undefined && !/^no\b/i.test(submitted.trim())) ||
    mail.from === '' ||
    isDaemon(mail) ||
    mail.header('return-path')?.trim() === '<>' ||
    /^multipart\/report\b/i.test(mail.header('content-type') ?? '') ||
    PRECEDENCE.test(mail.header('precedence') ?? '') ||
    MARKS.some((name) => mail.header(name) !== undefined) ||
    SUBJECT.test(mail.subject)
  );
}

/** A mail system speaks, not a person's responder. */
export function isDaemon({ from }: InboundMail): boolean {
  return DAEMON.test(from);
}
