import type { Fact } from '@repartee/connector-sdk';
import type { InboundMail } from './inbound-mail.js';

const MAX_WORDS = 20_000;
/** Where the message that is answered begins, as mail programs put it. */
const QUOTE_BEGINS =
  /^(on .{5,200}wrote:|am .{5,200}schrieb.{0,100}:|le .{5,200}écrit ?:|el .{5,200}escribió:|-{2,} ?(original message|ursprüngliche nachricht|forwarded message).*|_{20,})\s*$/i;
/** Refusals in free words. A human decides; this only says which mails to look at first. */
const REFUSAL =
  /unsubscribe|opt[ -]?out|remove me|take me off|stop (sending|e-?mailing|mailing|writing)|no more (e-?mails?|mails?|newsletters?)|not interested|abmelden|austragen|keine (weiteren )?(e-?mails?|mails?|newsletter|werbung)|désabonn|désinscri|d(e|é)sinscription|dar(me|se)? de baja|disiscriv|afmelden|^\W*stop\W*$/im;

/** What a person wrote, without the message they answer. @returns undefined where there are no words */
export function replyOf(mail: InboundMail): Extract<Fact, { kind: 'message' }> | undefined {
  const text = (ownWords(mail.text) || mail.subject.trim()).slice(0, MAX_WORDS);
  if (mail.from === '' || text === '') return undefined;
  const sender = mail.to[0]?.toLowerCase();
  return {
    kind: 'message',
    id: `mail:${mail.hash}`,
    address: mail.from,
    ...(sender !== undefined && { sender }),
    text,
    ...(mail.messageId !== undefined && { providerId: mail.messageId.slice(0, 400) }),
    looksLikeRefusal: REFUSAL.test(`${mail.subject}\n${text}`),
  };
}

function ownWords(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const quote = lines.findIndex((line) => QUOTE_BEGINS.test(line.trim()));
  const own = quote < 0 ? lines : lines.slice(0, quote);
  return own
    .filter((line) => !line.startsWith('>'))
    .join('\n')
    .trim();
}
