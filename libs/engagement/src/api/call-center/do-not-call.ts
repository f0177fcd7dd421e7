import { Inject, Injectable } from '@nestjs/common';
import { DoNotContact, onChannel } from '@repartee/governance';
import type { Transaction } from '@repartee/platform';

const CHANNEL = 'call_center';

/** Numbers nobody calls: the do-not-contact list of the channel `call_center`. */
@Injectable()
export class DoNotCall {
  constructor(@Inject(DoNotContact) private readonly list: DoNotContact) {}

  /** @param numbers in E.164 */
  add(tx: Transaction, numbers: readonly string[]): Promise<void> {
    return this.list.add(tx, this.list.hashesOf(numbers.map(entry), []), 'listed');
  }

  /** Whether a number may not be called, as the database says now: it is on this list or on the one of no contact at all. */
  async has(number: string): Promise<boolean> {
    const listed = await this.list.listedFor(CHANNEL, [{ namespace: 'phone', value: number }]);
    return listed.length > 0;
  }

  /** Takes numbers off, at the wish of whoever has them. @returns how many were on it */
  release(numbers: readonly string[]): Promise<number> {
    return this.list.release(numbers.map(entry));
  }
}

function entry(value: string) {
  return onChannel(CHANNEL, { namespace: 'phone', value });
}
