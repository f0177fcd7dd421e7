import type { Fact } from '@repartee/connector-sdk';
import { isDeadNumber, OPTED_OUT } from './error-codes.js';
import { optScope, type OptSettings } from './opt-scope.js';

type Receipt = Extract<Fact, { kind: 'receipt' }>;

/** Twilio's statuses as ours. Whoever reports that a message waits has taken it: that is on its way. */
const STATUSES: Readonly<Record<string, Receipt['status']>> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};
const ATTEMPT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A status callback as facts: a receipt, and an opt-out where that is why the message failed. */
export function factsOfStatus(
  form: URLSearchParams,
  attemptId: string | undefined,
  settings: OptSettings,
): Fact[] {
  const sid = form.get('MessageSid') ?? '';
  const told = form.get('MessageStatus') ?? '';
  const status = Object.hasOwn(STATUSES, told) ? STATUSES[told] : undefined;
  const address = form.get('To') ?? '';
  if (status === undefined || sid === '') return [];
  const code = Number(form.get('ErrorCode') ?? 0);
  const dead = isDeadNumber(code);
  const receipt: Receipt = {
    kind: 'receipt',
    id: `${sid}:${told}`,
    ...(attemptId !== undefined && ATTEMPT.test(attemptId) && { attemptId }),
    providerId: sid,
    status: status === 'failed' && dead ? 'bounced' : status,
    ...(status === 'failed' && { permanent: dead }),
    ...(code > 0 && { code: String(code) }),
    detail: told,
    ...(address !== '' && { address }),
  };
  if (code !== OPTED_OUT || address === '') return [receipt];
  const sender = form.get('MessagingServiceSid') ?? form.get('From') ?? '';
  return [
    receipt,
    {
      kind: 'opt-out',
      id: `${sid}:opt-out`,
      address,
      ...(sender !== '' && { sender }),
      ...optScope(settings),
    },
  ];
}
