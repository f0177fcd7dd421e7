import { Inject, Injectable } from '@nestjs/common';
import { DoNotContact } from '@repartee/governance';
import type { Transaction } from '@repartee/platform';

/**
 * Numbers nobody calls. Kept as keyed hashes beside the do-not-contact list, so that the list holds for people who were
 * erased, too, and nobody can read numbers from it.
 */
@Injectable()
export class DoNotCall {
  constructor(@Inject(DoNotContact) private readonly list: DoNotContact) {}

  /** @param numbers in E.164 */
  add(tx: Transaction, numbers: readonly string[]): Promise<void> {
    return this.list.add(tx, this.list.hashesOf(numbers.map(entry), []), 'listed');
  }

  /** Whether a number may not be called, as the database says now: it is on this list or on the one of no contact at all. */
  async has(number: string): Promise<boolean> {
    const listed = await this.list.listed([entry(number), { namespace: 'phone', value: number }]);
    return listed.length > 0;
  }

  /** Takes numbers off, at the wish of whoever has them. @returns how many were on it */
  release(numbers: readonly string[]): Promise<number> {
    return this.list.release(numbers.map(entry));
  }
}

function entry(value: string) {
  return { namespace: 'do_not_call', value };
}
