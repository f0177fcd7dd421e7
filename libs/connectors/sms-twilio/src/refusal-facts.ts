import type { Fact } from '@repartee/connector-sdk';
import type { Outcome } from '@repartee/contracts';
import { optScope, type OptSettings } from './opt-scope.js';

/** Whom a text was for, and who it was from. */
interface Refused {
  attemptId: string;
  to: string;
  /** A number or a Messaging Service. */
  from: string | undefined;
}

/** The outcome with what it says beyond this text: the person opted out of this sender, or the number takes no texts. */
export function withRefusalFacts(outcome: Outcome, refused: Refused, settings: OptSettings): Outcome {
  if (outcome.status !== 'rejected') return outcome;
  const facts = factsOf(outcome.code, refused, settings);
  return facts.length === 0 ? outcome : { ...outcome, facts };
}

function factsOf(code: string, { attemptId, to, from }: Refused, settings: OptSettings): Fact[] {
  if (code === 'SMS.OPTED_OUT')
    return [
      {
        kind: 'opt-out',
        id: `${attemptId}:opt-out`,
        address: to,
        ...(from !== undefined && { sender: from }),
        ...optScope(settings),
      },
    ];
  if (code !== 'SMS.ADDRESS_INVALID') return [];
  return [
    {
      kind: 'receipt',
      id: `${attemptId}:refused`,
      attemptId,
      status: 'bounced',
      permanent: true,
      address: to,
    },
  ];
}
