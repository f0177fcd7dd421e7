import { Inject, Injectable } from '@nestjs/common';
import { Dialogues } from '@repartee/dialogue';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { Database, newId } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { type CallEvent, isWithheld } from '../../domain/index.js';
import type { CallRecord } from '../../persistence/calls/call-record.js';
import { CallStore, type NewCall } from '../../persistence/calls/call-store.js';

/** The channel of calls, as zones and consents name it. */
export const CALLS = 'call_center';

/** Whose call it may be, by its number. */
type Hint = Pick<NewCall, 'number' | 'profileId' | 'candidates'>;
const NOBODY: Hint = { number: null, profileId: null, candidates: [] };

/** Takes reports of calls in any order; each counts once. */
@Injectable()
export class HearCall {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallStore) private readonly store: CallStore,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
  ) {}

  /**
   * @param source who reports: a connector, or the source of a key
   * @param externalId how they name the call
   * @param taskId the task that the call is made for
   */
  async hear(
    { source, externalId, taskId = null }: { source: string; externalId: string; taskId?: string | null },
    event: CallEvent,
  ): Promise<CallRecord> {
    const hint = event.number === undefined ? undefined : await this.hintOf(event.number);
    return this.database.transaction(async (tx) => {
      const id = newId();
      // Nobody has proved who it is: what is said stays out of anybody's conversation until then.
      const begun = { id, source, externalId, dialogueId: newId(), taskId, ...(hint ?? NOBODY) };
      const call = await this.store.begin(tx, begun);
      const heard = await this.store.hear(tx, call, event, hint);
      if (call.id === id)
        await this.dialogues.say(tx, [
          {
            dialogueId: call.dialogueId,
            id,
            at: event.at,
            speaker: event.direction === 'outbound' ? 'us' : 'person',
            channel: CALLS,
            said: { call: id },
            profileId: null,
            anonymousId: null,
          },
        ]);
      return heard;
    });
  }

  /** A number says who it may be. Where several people have it, nobody is taken for granted. */
  private async hintOf(said: string | null): Promise<Hint> {
    if (said === null || isWithheld(said)) return NOBODY;
    const read = normaliseIdentifier('phone', said);
    if (!read.ok) return NOBODY;
    const found = await this.profiles.findOne(read.value);
    if (found.ok) return { number: read.value.value, profileId: found.value.record.id, candidates: [] };
    const shared = found.failure.extra?.['candidates'];
    return {
      number: read.value.value,
      profileId: null,
      candidates: Array.isArray(shared) ? shared.map(String) : [],
    };
  }
}
