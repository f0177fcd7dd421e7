import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Dialogues } from '@repartee/dialogue';
import { Bus, Database, Happenings, newId, type Transaction } from '@repartee/platform';
import type { OutcomeMeaning } from '../../domain/index.js';
import { CallCenterSettingsStore } from '../../persistence/call-center-settings.js';
import type { CallRecord } from '../../persistence/calls/call-record.js';
import { CallStore } from '../../persistence/calls/call-store.js';
import type { CallConclusion } from './call-conclusion.js';
import { CALLS } from './hear-call.js';
import { OutcomeEffects } from './outcome-effects.js';

/** What the rest of the house hears of a call's outcome. */
export interface CallOutcome {
  callId: string;
  meaning: OutcomeMeaning;
  profileId: string | null;
  /** E.164. */
  number: string | null;
  at: number;
  callBackAt: number | null;
  token: string | null;
  value: number | null;
  currency: string | null;
}

/** Ends a call with an outcome: conversation, tasks, lists and what others are to hear, in one transaction. */
@Injectable()
export class ConcludeCall {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallStore) private readonly store: CallStore,
    @Inject(CallCenterSettingsStore) private readonly settings: CallCenterSettingsStore,
    @Inject(OutcomeEffects) private readonly effects: OutcomeEffects,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Happenings) private readonly happenings: Happenings,
  ) {}

  /** The same code again changes nothing; another one is refused with CALL.OUTCOME_GIVEN. */
  async conclude(id: string, conclusion: CallConclusion): Promise<Result<CallRecord>> {
    const { code } = conclusion;
    const outcome = this.settings.current.outcomes.find((one) => one.code === code);
    if (!outcome) return fail(failure('CALL.UNKNOWN_OUTCOME', `No outcome has the code ${code}.`));
    const seen = await this.store.find(id);
    if (!seen) return fail(failure('CALL.NOT_FOUND', 'No call has this id.'));
    if (seen.outcome !== null) return givenBefore(seen, code);
    const follows = await this.effects.prepare(seen, outcome.meaning, conclusion);
    if (!follows.ok) return follows;
    return this.database.transaction(async (tx): Promise<Result<CallRecord>> => {
      const call = await this.store.lock(tx, id);
      if (!call) return fail(failure('CALL.NOT_FOUND', 'No call has this id.'));
      if (call.outcome !== null) return givenBefore(call, code);
      await follows.value(tx, call);
      await this.tell(tx, call, outcome.meaning, conclusion);
      return ok(await this.store.conclude(tx, id, code));
    });
  }

  private async tell(
    tx: Transaction,
    call: CallRecord,
    meaning: OutcomeMeaning,
    { code, note, callBackAt, token, value, currency, agent, at }: CallConclusion,
  ): Promise<void> {
    const { id: callId, profileId, number, dialogueId, verified } = call;
    await this.dialogues.say(tx, [
      {
        dialogueId,
        id: newId(),
        at,
        speaker: 'us',
        channel: CALLS,
        said: { call: callId, outcome: code, agent, ...(note !== undefined && { note }) },
        profileId: verified === 'none' ? null : profileId,
        anonymousId: null,
      },
    ]);
    const data: CallOutcome = {
      callId,
      meaning,
      profileId,
      number,
      at,
      callBackAt: callBackAt ?? null,
      token: token ?? null,
      value: value ?? null,
      currency: currency ?? null,
    };
    await this.bus.publish(tx, [{ type: 'call.concluded', subject: callId, data }]);
    const told = { callId, profileId, meaning };
    await this.happenings.announce(tx, [
      { id: newId(), type: 'call.concluded', subject: profileId ?? callId, at, data: told },
    ]);
  }
}

function givenBefore(call: CallRecord, code: string): Result<CallRecord> {
  if (call.outcome === code) return ok(call);
  return fail(failure('CALL.OUTCOME_GIVEN', `The call has the outcome ${call.outcome}.`));
}
