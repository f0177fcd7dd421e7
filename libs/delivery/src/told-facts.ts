import { Inject, Injectable, Logger } from '@nestjs/common';
import { checkFacts, type Outcome } from '@repartee/contracts';
import type { Transaction } from '@repartee/platform';
import { FactSources } from './fact-sources.js';
import { FactStore } from './persistence/facts/fact-store.js';

/** Notes what refusals say beyond the message they refuse: an opt-out holds for the very next one. */
@Injectable()
export class ToldFacts {
  private readonly logger = new Logger(ToldFacts.name);

  constructor(
    @Inject(FactSources) private readonly sources: FactSources,
    @Inject(FactStore) private readonly store: FactStore,
  ) {}

  async note(tx: Transaction, told: readonly { connector: string; outcome: Outcome }[]): Promise<void> {
    for (const { connector, outcome } of told) {
      if (outcome.status !== 'rejected' || !outcome.facts?.length) continue;
      const source = this.sources.find(connector);
      const { facts, refused } = checkFacts(outcome.facts);
      if (refused.length > 0) this.logger.error(`${connector} told ${refused.length} facts that are none`);
      if (source && facts.length > 0) await this.store.addIn(tx, source, facts);
    }
  }
}
