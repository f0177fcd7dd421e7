import type { Fact } from '@repartee/connector-sdk';
import type { InboundMail } from './inbound-mail.js';
import { isDaemon } from './automatic.js';
import { bounceKind } from './bounce-kind.js';
import { reportGroups } from './report-fields.js';

type Receipt = Extract<Fact, { kind: 'receipt' }>;
/** What a report says, without whom it is about. */
type Said = Pick<Receipt, 'status' | 'permanent' | 'code' | 'detail'>;

const MAX_WORDS = 1000;
/** Marked as unwanted. `not-spam`, `virus` and `other` say nothing of the person's will (RFC 5965 section 7.3). */
const COMPLAINTS = new Set(['abuse', 'fraud', 'opt-out']);
/** A failure for good as old servers put it, in plain words. */
const FAILED =
  /\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b|permanent(ly)? (error|fail|rejected)|fatal errors|undeliverable|user unknown|could ?n[o']t be delivered|delivery (has )?failed/i;
const DELAYED =
  /delayed|has not yet been delivered|will (be )?(retr|try|attempt)|warning message|do not need to resend/i;

/** What a mail reports of a message of ours: a DSN, a complaint, a bounce in plain words. */
export function saidOf(mail: InboundMail): Said | undefined {
  const complaint = mail.part('message/feedback-report');
  if (complaint !== undefined) return complaintIn(complaint);
  const status = mail.part('message/delivery-status', 'message/global-delivery-status');
  if (status !== undefined) return deliveryStatusIn(status);
  return isDaemon(mail) ? plainBounceIn(mail) : undefined;
}

function complaintIn(report: string): Said | undefined {
  const type = reportGroups(report)[0]?.['feedback-type']?.toLowerCase() ?? '';
  return COMPLAINTS.has(type) ? { status: 'complained', code: type } : undefined;
}

/**
 * RFC 3464: the first group is of the message, one follows for each recipient; we write to one at a time. A delay is no
 * failure, and what was passed on to a system that sends no reports (`relayed`) or to a list (`expanded`) has no end yet.
 */
function deliveryStatusIn(report: string): Said | undefined {
  const one = reportGroups(report).find((fields) => fields['action'] !== undefined);
  const action = one?.['action']?.toLowerCase();
  if (!one || (action !== 'failed' && action !== 'delivered')) return undefined;
  const detail = (one['diagnostic-code'] ?? '').replace(/^[\w-]+;\s*/, '').slice(0, MAX_WORDS);
  const words = detail === '' ? {} : { detail };
  if (action === 'delivered') return { status: 'delivered', code: one['status'] ?? '', ...words };
  return { status: 'bounced', ...bounceKind(one['status'] ?? '', detail), ...words };
}

function plainBounceIn({ subject, text }: InboundMail): Said | undefined {
  // The message itself follows the words of the mail system, and may say anything.
  const [words = ''] = text.split(/^-{2,}.*(original|copy|returned|message follows|boundary).*$/im);
  const all = `${subject}\n${words}`;
  if (DELAYED.test(all) || !FAILED.test(all)) return undefined;
  const line = words.split('\n').find((one) => FAILED.test(one)) ?? subject;
  return { status: 'bounced', ...bounceKind('', words), detail: line.trim().slice(0, MAX_WORDS) };
}
