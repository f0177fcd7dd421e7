import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { CallStore, IdentifyCaller, NewTasks, WrongNumbers } from '@repartee/engagement';
import { Clock, Database } from '@repartee/platform';

const PRIORITY = 60;

/** Takes a caller's word that they are somebody else: the call is detached, and the number is doubted. */
@Injectable()
export class WrongPerson {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CallStore) private readonly calls: CallStore,
    @Inject(IdentifyCaller) private readonly identities: IdentifyCaller,
    @Inject(NewTasks) private readonly tasks: NewTasks,
    @Inject(WrongNumbers) private readonly numbers: WrongNumbers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Fails with CALL.NOT_FOUND, CALL.NOBODY where the call is nobody's, or PROFILE.NOT_FOUND. */
  async detach(
    callId: string,
    { note, profileId = null }: { note?: string | undefined; profileId?: string | undefined | null },
    by: string,
  ): Promise<Result<{ taskId: string }>> {
    const call = await this.calls.find(callId);
    if (!call) return fail(failure('CALL.NOT_FOUND', 'No call has this id.'));
    const { profileId: wrong, number, dialogueId } = call;
    if (wrong === null) return fail(failure('CALL.NOBODY', 'The call is nobody’s already.'));
    const identified = await this.identities.identify(callId, { profileId, verified: 'none' }, by);
    if (!identified.ok) return identified;
    const { task } = await this.database.transaction(async (tx) => {
      if (number !== null) await this.numbers.wrong(tx, number, callId);
      return this.tasks.add(tx, {
        kind: 'review',
        subject: 'A number reached somebody else: is it still theirs?',
        priority: PRIORITY,
        skills: [],
        dueAt: this.clock.now(),
        profileId: wrong,
        address: number,
        dialogueId,
        callId,
        data: { review: 'wrong-person', by, ...(note !== undefined && { note }) },
        origin: `call:${callId}:wrong-person:${wrong}`,
      });
    });
    return ok({ taskId: task.id });
  }
}
