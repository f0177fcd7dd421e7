import type { FactOf } from '@repartee/contracts';
import { consentKey } from '@repartee/profile/domain';
import type { AddressNews } from '../../domain/address-state.js';

type Receipt = FactOf<'receipt'>;

/** Whether a receipt says that nothing more may be sent: nobody is there, or whoever is complains. */
export function stopsMore({ status, permanent }: Receipt): boolean {
  return status === 'complained' || ((status === 'bounced' || status === 'failed') && permanent === true);
}

/** What a receipt tells of the address that the message went to; undefined for most. */
export function receiptNews(
  receipt: Receipt,
  channel: string,
  id: string,
  at: number,
): AddressNews | undefined {
  const { status, code, detail } = receipt;
  if (status === 'complained')
    return { kind: 'consent', key: consentKey({ channel }), status: 'denied', at, id };
  if (status === 'delivered') return { kind: 'proof', at };
  const permanent = stopsMore(receipt);
  if (!permanent && status !== 'bounced') return undefined;
  const cause = [code, detail].filter((part) => part !== undefined).join(': ') || status;
  return { kind: 'bounce', permanent, at, id, cause };
}
