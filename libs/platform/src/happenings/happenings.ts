import { Injectable } from '@nestjs/common';
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

/** Tells the world outside. */
export interface Teller {
  /** Whether anybody wants to hear of a type. */
  wants(type: string): boolean;
  /** Keeps what is to be told, in the transaction in which it happened. */
  keep(tx: Transaction, happenings: readonly Happening[]): Promise<void>;
}

/** Where scopes say what happened, with the transaction in which it does. While nobody wants to hear of it nothing is written. */
@Injectable()
export class Happenings {
  private readonly tellers: Teller[] = [];

  tellBy(teller: Teller): void {
    this.tellers.push(teller);
  }

  async announce(tx: Transaction, happenings: readonly Happening[]): Promise<void> {
    for (const teller of this.tellers) {
      const wanted = happenings.filter(({ type }) => teller.wants(type));
      if (wanted.length > 0) await teller.keep(tx, wanted);
    }
  }
}
