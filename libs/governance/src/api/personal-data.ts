import { Injectable } from '@nestjs/common';
import type { Transaction } from '@repartee/platform';
import type { DataSubject } from '../domain/index.js';

/** One record of an export, as a scope holds it. */
export interface ExportedRecord {
  /** What it is: `event`, `delivery`, … */
  kind: string;
  data: unknown;
}

/**
 * When a holder has its turn in an erasure. `at-once`: in the transaction of the request itself, because with it the
 * person is hidden; small things only. `last`: after all others, because they find their data by what it holds.
 */
export type ErasePhase = 'at-once' | 'later' | 'last';

/** A scope's answer for the data of people that it holds. Every table with such data belongs to one. */
export abstract class PersonalDataHolder {
  /** Names the scope in ledgers and exports; unique. */
  abstract readonly scope: string;
  readonly phase: ErasePhase = 'later';

  constructor(holders: PersonalDataHolders) {
    holders.register(this);
  }

  /** Everything held about the person, for them to read (GDPR articles 15 and 20). */
  abstract export(subject: DataSubject): AsyncIterable<ExportedRecord>;

  /**
   * Removes everything held about the person, in the caller's transaction. Done again it changes nothing more.
   * @returns how many records were removed or changed
   */
  abstract erase(tx: Transaction, subject: DataSubject): Promise<number>;
}

/** All holders of personal data: what an export and an erasure go through. */
@Injectable()
export class PersonalDataHolders {
  private readonly holders: PersonalDataHolder[] = [];

  register(holder: PersonalDataHolder): void {
    this.holders.push(holder);
  }

  /** In the order of their scopes' names. */
  get all(): readonly PersonalDataHolder[] {
    return [...this.holders].sort((a, b) => (a.scope < b.scope ? -1 : 1));
  }

  /** Those that have their turn in this phase of an erasure. */
  of(phase: ErasePhase): readonly PersonalDataHolder[] {
    return this.all.filter((holder) => holder.phase === phase);
  }
}

/** What one system outside says when it is asked to forget somebody. */
export interface OutsideAnswer {
  /** `connector:<name>` */
  scope: string;
  status: 'done' | 'failed' | 'not_supported';
  detail: string | null;
}

/** Systems outside that were told of people: connectors and the providers behind them. The application provides it. */
export abstract class OutsideHolders {
  /**
   * Has each of them forget a person. Never throws.
   * @param except scopes that have answered already
   */
  abstract forget(subject: DataSubject, except: ReadonlySet<string>): Promise<OutsideAnswer[]>;
}
