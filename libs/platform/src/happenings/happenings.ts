import { Inject, Injectable } from '@nestjs/common';
import { Bus } from '../bus/index.js';
import type { Transaction } from '../database/index.js';

/** Something that happened, for whoever outside wants to hear of it. It names people by ids alone. */
export interface Happening {
  /** The same whenever it is told again. */
  id: string;
  /** `delivery.accepted` */
  type: string;
  /** Whom or what it is about; what happens to one subject is told in the order of ids. */
  subject: string;
  /** Milliseconds since the epoch. */
  at: number;
  data: Readonly<Record<string, unknown>>;
}

/** Bus message type of a {@link Happening}. */
export const HAPPENING = 'happening';

/** Tells what happened, with the transaction in which it does. While nobody wants to hear of it nothing is written. */
@Injectable()
export class Happenings {
  private wanted: (type: string) => boolean = () => false;

  constructor(@Inject(Bus) private readonly bus: Bus) {}

  /** Who tells it on says what is worth it. */
  listen(wanted: (type: string) => boolean): void {
    this.wanted = wanted;
  }

  async announce(tx: Transaction, happenings: readonly Happening[]): Promise<void> {
    const messages = happenings
      .filter(({ type }) => this.wanted(type))
      .map((data) => ({ type: HAPPENING, subject: data.subject, data }));
    if (messages.length > 0) await this.bus.publish(tx, messages);
  }
}
