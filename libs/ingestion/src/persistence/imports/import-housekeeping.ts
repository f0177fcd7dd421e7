import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Housekeeping } from '@repartee/platform';
import { ImportStore } from './import-store.js';
import { RefusalStore } from './refusal-store.js';
import { Spool } from './spool.js';

const HOUR = 3_600_000;
/** What nobody asked to import may still be on its way for so long. */
const KEEP_UPLOAD = HOUR;
/** A file that could not be imported waits so long to be resumed. */
const KEEP_FILE = 7 * 24 * HOUR;
/** Refused rows can be fetched for so long after the end. */
const KEEP_REFUSALS = 30 * 24 * HOUR;

/** Removes what imports leave behind: files that were read, uploads that broke off, refused rows of long ago. */
@Injectable()
export class ImportHousekeeping implements OnApplicationBootstrap {
  constructor(
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(RefusalStore) private readonly refusals: RefusalStore,
    @Inject(Spool) private readonly spool: Spool,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.tidy();
    this.housekeeping.every(HOUR / 4, 'clearing up after imports', () => this.tidy());
  }

  async tidy(): Promise<void> {
    const now = this.clock.now();
    for (const id of await this.store.withSpareFile(this.spool.id, now - KEEP_FILE))
      if (await this.store.giveUpFile(id)) await this.spool.remove(id);
    for (const { name, modifiedAt } of await this.spool.files()) {
      const owner = name.endsWith('.part') ? undefined : await this.store.get(name);
      // File times are the machine's, whatever business time is.
      if (owner ? !owner.fileKept : Date.now() - modifiedAt > KEEP_UPLOAD) await this.spool.remove(name);
    }
    while ((await this.refusals.forget(now - KEEP_REFUSALS)) > 0);
  }
}
