import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type EventEffect,
  Ingest,
  LaneReader,
  type Visibility,
  type VisibleState,
} from '@repartee/ingestion';
import { Database } from '@repartee/platform';
import { ChangeFeed } from '@repartee/profile';

/** Effects of this process's latest events that are remembered for those who ask a moment later. */
const REMEMBERED = 5_000;
/** Milliseconds between looks at the queue, for events that another process handles. */
const LOOK = 50;

interface Waiter {
  eventId: string;
  done: (effect: EventEffect) => void;
}

/** Answers `Prefer: visible`: waits until an event is processed and every live process shows it. */
@Injectable()
export class ProcessedEvents implements Visibility, OnModuleInit {
  private readonly recent = new Map<string, EventEffect>();
  private readonly waiters = new Map<string, Waiter[]>();

  constructor(
    @Inject(LaneReader) private readonly lanes: LaneReader,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(Database) private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.ingest.useVisibility(this);
    this.lanes.onProcessed((effects) => this.note(effects));
  }

  async wait(eventIds: string[], deadline: number): Promise<VisibleState> {
    const last = eventIds.at(-1);
    if (last === undefined) return { visible: false };
    const effect = await this.processed(last, deadline);
    if (!effect) return { visible: false };
    const pending = await this.stillPending(eventIds, deadline);
    const visible = !pending && (await this.feed.visibleEverywhere(effect.changeSeq, deadline));
    return { visible, profileId: effect.profileId, profileVersion: effect.profileVersion };
  }

  private note(effects: EventEffect[]): void {
    for (const effect of effects) {
      this.recent.set(effect.eventId, effect);
      for (const waiter of this.waiters.get(effect.eventId) ?? []) waiter.done(effect);
      this.waiters.delete(effect.eventId);
    }
    for (const id of this.recent.keys()) {
      if (this.recent.size <= REMEMBERED) break;
      this.recent.delete(id);
    }
  }

  private processed(eventId: string, deadline: number): Promise<EventEffect | undefined> {
    const known = this.recent.get(eventId);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        eventId,
        done: (effect) => {
          clearTimeout(timer);
          clearInterval(look);
          resolve(effect);
        },
      };
      const timer = setTimeout(
        () => {
          clearInterval(look);
          this.forget(waiter);
          resolve(undefined);
        },
        Math.max(0, deadline - performance.now()),
      );
      const look = setInterval(() => {
        void this.processedElsewhere(eventId).then(
          (effect) => effect && waiter.done(effect),
          () => undefined,
        );
      }, LOOK);
      this.waiters.set(eventId, [...(this.waiters.get(eventId) ?? []), waiter]);
    });
  }

  private forget(waiter: Waiter): void {
    const left = (this.waiters.get(waiter.eventId) ?? []).filter((other) => other !== waiter);
    if (left.length > 0) this.waiters.set(waiter.eventId, left);
    else this.waiters.delete(waiter.eventId);
  }

  /** An event of a lane that another process reads; or one whose message id was known, so that nothing was logged anew. */
  private async processedElsewhere(eventId: string): Promise<EventEffect | undefined> {
    const [row] = await this.database.query<{ profile_id: string; version: string; seq: string }>(
      `SELECT p.id AS profile_id, p.version, (SELECT seq FROM profile_change_counter) AS seq
       FROM timeline_entry t JOIN profile p ON p.id = coalesce((SELECT merged_into FROM profile WHERE id = t.profile_id), t.profile_id)
       WHERE t.id = $1`,
      [eventId],
    );
    return (
      row && {
        eventId,
        profileId: row.profile_id,
        profileVersion: Number(row.version),
        changeSeq: Number(row.seq),
      }
    );
  }

  /** The last event of a batch may overtake others of other lanes. */
  private async stillPending(eventIds: string[], deadline: number): Promise<boolean> {
    if (eventIds.length === 1) return false;
    for (;;) {
      const [row] = await this.database.query<{ pending: boolean }>(
        'SELECT EXISTS (SELECT 1 FROM event_pending WHERE id = ANY($1::uuid[])) AS pending',
        [eventIds],
      );
      if (!row?.pending) return false;
      if (performance.now() >= deadline) return true;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
