import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { currentDialogue } from '@repartee/dialogue/domain';
import { Dialogues } from '@repartee/dialogue';
import { AuditLog } from '@repartee/governance';
import { Clock, Database, newId } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import type { Verification } from '../../domain/index.js';
import type { CallRecord } from '../../persistence/calls/call-record.js';
import { CallStore } from '../../persistence/calls/call-store.js';
import { CALLS } from './hear-call.js';

/** Who a caller is, as somebody found out. */
export interface CallerClaim {
  profileId: string | null;
  verified: Verification;
  /** How it was found out: `security-questions`, `callback`, `voice`. */
  method?: string | undefined;
}

/** Takes an agent's or telephone system's word on who a caller is, and how surely. */
@Injectable()
export class IdentifyCaller {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallStore) private readonly store: CallStore,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(Dialogues) private readonly dialogues: Dialogues,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Fails with CALL.NOT_FOUND, PROFILE.NOT_FOUND, or CALL.UNPROVED: a proof without a person or a method is none. */
  async identify(id: string, claim: CallerClaim, by: string): Promise<Result<CallRecord>> {
    const { verified, method } = claim;
    if (verified !== 'none' && (claim.profileId === null || method === undefined))
      return fail(failure('CALL.UNPROVED', 'Who is verified has a profile, and was verified by a method.'));
    const profile = claim.profileId === null ? undefined : await this.profiles.findById(claim.profileId);
    if (claim.profileId !== null && !profile)
      return fail(failure('PROFILE.NOT_FOUND', 'There is no such profile.'));
    await this.audit.prepare();
    return this.database.transaction(async (tx): Promise<Result<CallRecord>> => {
      const call = await this.store.lock(tx, id);
      if (!call) return fail(failure('CALL.NOT_FOUND', 'No call has this id.'));
      const at = this.clock.now();
      const profileId = profile?.record.id ?? null;
      const identified = await this.store.identify(
        tx,
        id,
        { profileId, verified, method: method ?? null, identifiedBy: by, identifiedAt: at },
        this.dialogueOf(call, verified === 'none' ? undefined : profile?.record),
      );
      if (profileId !== null) {
        const detail = { call: id, verified, method: method ?? null };
        await this.audit.record(tx, [{ actor: by, action: 'read', subject: profileId, at, detail }]);
      }
      if (verified !== 'none' && identified.dialogueId !== call.dialogueId)
        await this.dialogues.say(tx, [
          {
            dialogueId: identified.dialogueId,
            id: newId(),
            at,
            speaker: 'person',
            channel: CALLS,
            said: { call: id, verified },
            profileId,
            anonymousId: null,
          },
        ]);
      return ok(identified);
    });
  }

  /** Once somebody is proved to be there, their conversation goes on; where it turns out wrong, a new one begins. */
  private dialogueOf(call: CallRecord, record: GoldenRecord | undefined): string {
    if (record === undefined) return call.verified === 'none' ? call.dialogueId : newId();
    if (call.verified !== 'none' && call.profileId === record.id) return call.dialogueId;
    return currentDialogue(record.dialogue, this.clock.now()) ?? newId();
  }
}
