import type { Action } from '@repartee/contracts';
import { createHash } from 'node:crypto';
import type { CompiledEmail } from './email-content.js';
import { parseEmailAddress, type EmailAddress } from './email-address.js';
import type { EmailSettings } from './email-settings.js';
import { emailTreatment, oneLine } from './email-treatment.js';
import { furnish } from './message-furniture.js';
import { ReturnPaths } from './return-path.js';
import type { Mail } from './smtp-transport.js';

/**
 * Renders and composes one mail. The Message-ID follows from the idempotency key, so that a duplicate is recognised.
 * @param now milliseconds since the epoch
 * @throws TemplateError
 */
export function composeMail(
  action: Action & { content: CompiledEmail },
  to: EmailAddress,
  settings: EmailSettings,
  now: number,
): Mail {
  const rendered = emailTreatment.render(action.content, { ...action.data, links: action.links });
  const { subject, html, text } = furnish(rendered, action);
  const from = senderOf(settings);
  return {
    from: { name: oneLine(settings.fromName ?? ''), address: from.address },
    to: { name: oneLine(action.to.name ?? ''), address: to.address },
    ...(settings.replyTo !== undefined && { replyTo: settings.replyTo }),
    envelope: { from: returnPathOf(action, settings) ?? from.address, to: [to.address] },
    subject,
    html,
    text,
    date: new Date(now),
    messageId: messageIdOf(action.idempotencyKey, from.domain),
    xMailer: false,
    headers: { 'Auto-Submitted': 'auto-generated', ...oneClickUnsubscribe(action, settings) },
  };
}

/** What a mail takes of the server's room, about: what is written in it, without the encoding. */
export function bytesOf({ html, text }: Mail): number {
  return Buffer.byteLength(String(html)) + Buffer.byteLength(String(text));
}

/** The same for every attempt at one delivery. */
export function messageIdOf(idempotencyKey: string, domain: string): string {
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40)}@${domain}>`;
}

function senderOf(settings: EmailSettings): EmailAddress {
  const from = parseEmailAddress(settings.from);
  if (!from.ok) throw new Error(`the sender: ${from.failure}`);
  return from.value;
}

/** The Message-ID of a mail of ours that a text names. It is derived, so nobody names one who has not seen the mail. */
export function messageIdIn(text: string, from: string): string | undefined {
  const sender = parseEmailAddress(from);
  const found = /<[0-9a-f]{40}@([^>\s]+)>/.exec(text);
  return sender.ok && found?.[1] === sender.value.domain ? found[0] : undefined;
}

function returnPathOf({ attemptId }: Action, settings: EmailSettings): string | undefined {
  return ReturnPaths.of(settings)?.addressOf(attemptId);
}

/** RFC 8058 promises a POST over https and a signature over both headers; where either is missing, so are they. */
function oneClickUnsubscribe(action: Action, settings: EmailSettings): Record<string, string> {
  const { unsubscribe } = action.links;
  if (action.class !== 'marketing' || settings.dkimPrivateKey === undefined) return {};
  if (!unsubscribe?.startsWith('https://') || !settings.publicUrl?.startsWith('https://')) return {};
  return {
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}
