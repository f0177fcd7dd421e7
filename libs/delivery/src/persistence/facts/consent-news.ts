import type { FactOf } from '@repartee/contracts';
import { consentKey, type ConsentSubject } from '@repartee/profile/domain';
import type { AddressNews } from '../../domain/address-state.js';

type Opt = FactOf<'opt-out'> | FactOf<'opt-in'>;

/** What an opt-out or opt-in is about. It goes as far as it says: a START to one number lifts a STOP to that number alone. */
export function optSubject({ sender, brand, scope, purpose }: Opt, channel: string): ConsentSubject {
  const reach = scope ?? (sender === undefined ? 'channel' : 'sender');
  return {
    channel,
    ...(purpose !== undefined && { purpose }),
    ...(reach === 'brand' && brand !== undefined && { brand }),
    ...(reach === 'sender' && sender !== undefined && { sender }),
  };
}

/** The same as news of the address that said it. */
export function consentNews(fact: Opt, channel: string, id: string, at: number): AddressNews {
  const status = fact.kind === 'opt-out' ? 'denied' : 'granted';
  return { kind: 'consent', key: consentKey(optSubject(fact, channel)), status, at, id };
}
