import type { MessageClass } from '@repartee/contracts';
import type { Policy } from './policy-schema.js';

/** Hours in which messages of a class stay on a channel; from and until are the same where there are none. */
export interface CompiledQuiet {
  channel: string;
  class: MessageClass;
  /** Minutes after midnight. */
  from: number;
  until: number;
}

/** Quiet hours, channel by channel. */
export function compileQuiet(policies: readonly Policy[]): CompiledQuiet[] {
  return policies.flatMap((policy) =>
    policy.type === 'quiet'
      ? policy.channels.map((channel) => ({
          channel,
          class: policy.class,
          from: minutes(policy.from),
          until: minutes(policy.until),
        }))
      : [],
  );
}

function minutes(time = '00:00'): number {
  const [hours = 0, more = 0] = time.split(':').map(Number);
  return hours * 60 + more;
}
