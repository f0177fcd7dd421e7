import { Inject, Injectable } from '@nestjs/common';
import { fail, ok, type Result } from '@repartee/contracts';
import { Database } from '@repartee/platform';
import { EventHistory, type NoPast, type PastEvent, TraitBooks } from '@repartee/profile';
import { emptyRecord, type GoldenRecord, type ProfileView, viewOf } from '@repartee/profile/domain';
import { EventFold } from '../process-event/event-fold.js';

/** A golden record as it was at some moment. */
export interface PastMoment {
  profileId: string;
  version: number;
  /** Whether something beside a device was known of the person. */
  known: boolean;
  /** When that version was in force, milliseconds since the epoch. */
  at: number;
}

/** Puts golden records together again as they were: the fold of the events that a version held. */
@Injectable()
export class PastRecords {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(EventHistory) private readonly history: EventHistory,
    @Inject(EventFold) private readonly events: EventFold,
    @Inject(TraitBooks) private readonly books: TraitBooks,
  ) {}

  /** But for identifiers, which are worked out anew with whatever is known today. */
  async record({ profileId, version, at }: PastMoment): Promise<Result<GoldenRecord, NoPast>> {
    const members = await this.history.membersAt(this.database, profileId, version, at);
    if (typeof members === 'string') return fail(members);
    const events: PastEvent[] = [];
    for await (const page of this.history.eventsAt(this.database, members)) events.push(...page);
    const book = this.books.current;
    const own = { ...emptyRecord(profileId, book.revision), version, family: [...members.keys()] };
    return ok(this.events.recall(own, events, book));
  }

  /** What rules saw of the person then. */
  async view(moment: PastMoment): Promise<Result<ProfileView, NoPast>> {
    const record = await this.record(moment);
    if (!record.ok) return record;
    return ok({ ...viewOf(record.value, this.books.current, moment.at), known: moment.known });
  }
}
