import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@repartee/access';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Ingest } from '@repartee/ingestion';
import { Clock, Database, newId } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { API_SOURCE, type GoldenRecord } from '@repartee/profile/domain';
import { internalEvent } from '../process-event/internal-event.js';

/** Seconds that a caller waits for an edit to show. */
const WAIT = 10;
/** Milliseconds after which an edit that never showed no longer stands in the way of another. */
const LOST = 30_000;

/** What somebody at the desk says of a person: an event of its own, so that a rebuild gives the same record. */
export interface Edit {
  type: 'edit' | 'consent' | 'note';
  payload: Record<string, unknown>;
  /** Event time, milliseconds since the epoch; now unless given. */
  at?: number;
}

/** An edit that is durable, with the record that shows it, or the one before where it does not show yet. */
export interface Edited {
  eventId: string;
  visible: boolean;
  record: GoldenRecord;
}

/** Writes what people say of a person into the event log. */
@Injectable()
export class ProfileEdits {
  constructor(
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Ingest) private readonly ingest: Ingest,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Writes an edit and waits until it shows. */
  async write(profileId: string, edit: Edit, caller: Principal): Promise<Result<Edited>> {
    const found = await this.profiles.findById(profileId);
    return found ? this.append(found.record, edit, caller) : unknown();
  }

  /**
   * The same on a version that the caller has seen. Of two edits made on one version at the same time, one is refused.
   * @param ifMatch the `If-Match` header
   */
  async writeOn(
    profileId: string,
    ifMatch: string | undefined,
    edit: Edit,
    caller: Principal,
  ): Promise<Result<Edited>> {
    if (ifMatch === undefined) {
      return fail(failure('HTTP.PRECONDITION_REQUIRED', 'Say which version the change is made on.'));
    }
    const found = await this.profiles.findById(profileId);
    if (!found) return unknown();
    const { version } = found.record;
    if (![`"${version}"`, String(version), '*'].includes(ifMatch.trim())) return stale(version);
    if (ifMatch.trim() !== '*' && !(await this.claim(found.record))) return stale();
    return this.append(found.record, edit, caller);
  }

  private async append(record: GoldenRecord, edit: Edit, caller: Principal): Promise<Result<Edited>> {
    const id = newId();
    const event = internalEvent({
      id,
      type: edit.type,
      name: edit.type,
      messageId: id,
      at: Math.min(edit.at ?? Number.POSITIVE_INFINITY, this.clock.now()),
      subject: record.id,
      source: API_SOURCE,
      payload: { ...edit.payload, profileId: record.id, by: caller.keyId },
    });
    const ingested = await this.ingest.internal([event]);
    if (!ingested.ok) {
      await this.release(record);
      return ingested;
    }
    const { visible } = await this.ingest.visible(ingested.value, WAIT);
    const after = await this.profiles.findById(record.id);
    return ok({ eventId: id, visible, record: after?.record ?? record });
  }

  /**
   * Takes a version for one edit, if it is the present one in the database, whatever this process remembers. The one row
   * a profile has is enough: a newer version makes the older claim void.
   */
  private async claim({ id, version }: GoldenRecord): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.database.query(
      `INSERT INTO profile_edit (profile_id, version, at)
       SELECT id, version, $3 FROM profile WHERE id = $1 AND version = $2
       ON CONFLICT (profile_id) DO UPDATE SET version = excluded.version, at = excluded.at
         WHERE profile_edit.version < excluded.version OR profile_edit.at < $4
       RETURNING 1`,
      [id, version, new Date(now), new Date(now - LOST)],
    );
    return claimed.length > 0;
  }

  private async release({ id, version }: GoldenRecord): Promise<void> {
    await this.database.query('DELETE FROM profile_edit WHERE profile_id = $1 AND version = $2', [
      id,
      version,
    ]);
  }
}

function unknown(): Result<never> {
  return fail(failure('PROFILE.NOT_FOUND', 'Nobody is known by this id.'));
}

function stale(version?: number): Result<never> {
  const now = version === undefined ? '' : `; its version is ${version}`;
  return fail(failure('HTTP.PRECONDITION_FAILED', `The profile has changed meanwhile${now}.`));
}
