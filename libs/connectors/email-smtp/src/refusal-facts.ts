import type { Outcome, Action } from '@repartee/contracts';
import type { Fact } from '@repartee/connector-sdk';
import { bounceKind } from './inbound/bounce-kind.js';

/**
 * The outcome with what it says beyond this mail. A server that knows no such mailbox says so at once where it can, by a
 * reply to RCPT TO (RFC 5321 section 4.2.3, RFC 3463): that is the bounce.
 */
export function withRefusalFacts(
  outcome: Outcome,
  { attemptId, to }: Pick<Action, 'attemptId' | 'to'>,
): Outcome {
  if (outcome.status !== 'rejected' || outcome.code !== 'EMAIL.RECIPIENT_REJECTED') return outcome;
  const { code, permanent } = bounceKind('', outcome.detail ?? '');
  if (!permanent) return outcome;
  const bounced: Fact = {
    kind: 'receipt',
    id: `${attemptId}:refused`,
    attemptId,
    status: 'bounced',
    permanent,
    code,
    address: to.address,
  };
  return { ...outcome, facts: [bounced] };
}
