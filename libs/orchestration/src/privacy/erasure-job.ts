import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import {
  type ClaimedRequest,
  OutsideHolders,
  type PersonalDataHolder,
  PersonalDataHolders,
} from '@repartee/governance';
import { type DataSubject, retryAfter } from '@repartee/governance/domain';
import { Database, Housekeeping, Metrics, sqlState } from '@repartee/platform';
import { DataSubjects } from './data-subjects.js';
import { ErasureBooks } from './erase-person.js';

/** Milliseconds between looks for requests. */
const LOOK = 500;
/**
 * Milliseconds until all scopes are gone through once more: what was under way when the request came, in whatever process,
 * has been written by then, and every process knows by then whose events it must not take.
 */
const SETTLE = 2500;
const ROUNDS = 2;

/**
 * Removes erased people from every scope, step by step. Each step commits with its line in the ledger, so a process that
 * is killed leaves nothing half done, and another goes on where it was.
 */
@Injectable()
export class ErasureJob implements OnApplicationBootstrap {
  private readonly logger = new Logger(ErasureJob.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DataSubjects) private readonly subjects: DataSubjects,
    @Inject(PersonalDataHolders) private readonly holders: PersonalDataHolders,
    @Inject(OutsideHolders) private readonly outside: OutsideHolders,
    @Inject(ErasureBooks) private readonly books: ErasureBooks,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.housekeeping.every(LOOK, 'erasing', () => this.work());
  }

  private async work(): Promise<void> {
    for (;;) {
      const request = await this.books.requests.claim();
      if (!request) return;
      await this.round(request);
    }
  }

  private async round(request: ClaimedRequest): Promise<void> {
    const subject = await this.subjects.complete(request.work);
    const { profileIds, identifiers, spellings } = subject;
    const work = { profileIds, identifiers, spellings };
    const failed = await this.eraseEverywhere(request.id, subject);
    if (failed > 0) {
      const { round, attempts } = request;
      this.count('failed', failed);
      await this.books.requests.putOff(request.id, retryAfter(attempts), {
        round,
        attempts: attempts + 1,
        work,
      });
      return;
    }
    if (request.round + 1 < ROUNDS) {
      await this.books.requests.putOff(request.id, SETTLE, { round: request.round + 1, attempts: 0, work });
      return;
    }
    await this.database.transaction((tx) => this.books.requests.completeErasure(tx, { ...request, work }));
    this.count('completed', 1);
  }

  /** @returns how many steps failed */
  private async eraseEverywhere(requestId: string, subject: DataSubject): Promise<number> {
    let failed = 0;
    for (const holder of [...this.holders.of('later'), ...this.holders.of('at-once')])
      failed += (await this.erase(requestId, holder, subject)) ? 0 : 1;
    // They know which events are whose: while others still need that, they wait.
    if (failed === 0)
      for (const holder of this.holders.of('last'))
        failed += (await this.erase(requestId, holder, subject)) ? 0 : 1;
    return failed + (await this.askOutside(requestId, subject));
  }

  private async erase(requestId: string, holder: PersonalDataHolder, subject: DataSubject): Promise<boolean> {
    const { scope } = holder;
    const { requests } = this.books;
    await requests.prolong(requestId);
    try {
      await this.database.transaction(async (tx) => {
        const records = await holder.erase(tx, subject);
        await requests.note(tx, requestId, { scope, status: 'done', records, detail: null });
      });
      return true;
    } catch (error) {
      this.logger.warn(`${scope} could not erase for request ${requestId}: ${String(error)}`);
      // The words of a database repeat what they are about; its code does not.
      const detail = `the step failed${sqlState(error) === undefined ? '' : ` with ${sqlState(error)}`}`;
      await requests.note(this.database, requestId, { scope, status: 'failed', records: 0, detail });
      return false;
    }
  }

  private async askOutside(requestId: string, subject: DataSubject): Promise<number> {
    const { requests } = this.books;
    const asked = (await requests.find(requestId))?.steps ?? [];
    const done = new Set(asked.filter(({ status }) => status !== 'failed').map(({ scope }) => scope));
    const answers = await this.outside.forget(subject, done);
    for (const answer of answers) await requests.note(this.database, requestId, { ...answer, records: 0 });
    return answers.filter(({ status }) => status === 'failed').length;
  }

  private count(result: 'completed' | 'failed', times: number): void {
    this.metrics
      .counter('repartee_erasures_total', 'Erasures that were completed, and steps that failed', ['result'])
      .inc({ result }, times);
  }
}
