import type { Fact } from '@repartee/connector-sdk';
import { messageIdIn } from '../compose-mail.js';
import type { EmailSettings } from '../email-settings.js';
import { ReturnPaths } from '../return-path.js';
import { isAutomatic } from './automatic.js';
import { readMail, type InboundMail } from './inbound-mail.js';
import { isProvedSender } from './proof-of-sender.js';
import { saidOf } from './receipts.js';
import { replyOf } from './reply.js';

/** Parts of a report that hold our message or its headers. */
const RETURNED = [
  'message/rfc822',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
];

/**
 * What a mail that came back, or came in, says. A report counts only for a message that it provably knows: by its
 * return path, which nobody can make up, or by its Message-ID. It never speaks of an address by name, since then anybody
 * could have any address suppressed. Automatic answers say nothing.
 * @param at when it came, ISO 8601, where our own mailbox says so
 */
export async function factsOfMail(raw: Uint8Array, settings: EmailSettings, at?: string): Promise<Fact[]> {
  const mail = await readMail(raw);
  if (!mail) return [];
  const when = at === undefined ? {} : { at };
  const said = saidOf(mail);
  if (said) {
    const about = aboutWhat(mail, settings);
    return about ? [{ kind: 'receipt', id: `mail:${mail.hash}`, ...about, ...said, ...when }] : [];
  }
  if (isAutomatic(mail)) return [];
  const reply = replyOf(mail);
  if (!reply) return [];
  return [{ ...reply, ...(!isProvedSender(mail, settings) && { unproved: true }), ...when }];
}

function aboutWhat(
  mail: InboundMail,
  settings: EmailSettings,
): { attemptId: string } | { providerId: string } | undefined {
  const returned = mail.part(...RETURNED) ?? '';
  const reported = mail.part('message/feedback-report') ?? '';
  const attemptId = ReturnPaths.of(settings)?.attemptIn([...mail.to, reported, returned].join('\n'));
  if (attemptId !== undefined) return { attemptId };
  const providerId = messageIdIn(returned || mail.text, settings.from);
  return providerId === undefined ? undefined : { providerId };
}
