import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { OfferTokens } from '@repartee/decisioning';
import { isLateAccept } from '@repartee/decisioning/domain';
import type { Transaction } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { OutcomeMeaning } from '../../domain/index.js';
import type { CallRecord } from '../../persistence/calls/call-record.js';
import { TaskStore } from '../../persistence/tasks/task-store.js';
import type { CallConclusion } from './call-conclusion.js';
import { DoNotCall } from './do-not-call.js';
import { NewTasks, numberOf } from './new-tasks.js';
import { Tasks } from './tasks.js';
import { WrongNumbers } from './wrong-numbers.js';

/** Writes what follows from an outcome, in the transaction that notes it. */
type Follows = (tx: Transaction, call: CallRecord) => Promise<void>;

const CALL_BACK_PRIORITY = 70;
const AGAIN_PRIORITY = 50;

/** Knows what follows from what an outcome means, for tasks and for numbers. */
@Injectable()
export class OutcomeEffects {
  constructor(
    @Inject(NewTasks) private readonly newTasks: NewTasks,
    @Inject(Tasks) private readonly tasks: Tasks,
    @Inject(TaskStore) private readonly store: TaskStore,
    @Inject(DoNotCall) private readonly doNotCall: DoNotCall,
    @Inject(OfferTokens) private readonly tokens: OfferTokens,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(WrongNumbers) private readonly marks: WrongNumbers,
  ) {}

  /** Looks for what speaks against the outcome before anything is written. */
  async prepare(
    call: CallRecord,
    meaning: OutcomeMeaning,
    conclusion: CallConclusion,
  ): Promise<Result<Follows>> {
    const refusal = this.refuses(meaning, conclusion);
    if (refusal) return refusal;
    const follows = await this.followsFrom(call, meaning, conclusion);
    if (!follows.ok) return follows;
    return ok(async (tx, locked) => {
      if (locked.taskId !== null)
        await this.tasks.settle(tx, locked.taskId, meaning === 'not_reached' ? 'not_reached' : 'done');
      await follows.value(tx, locked);
    });
  }

  private refuses(meaning: OutcomeMeaning, { token, at: now }: CallConclusion): Result<never> | undefined {
    if (token === undefined) return undefined;
    const offer = this.tokens.open(token);
    if (!offer)
      return fail(failure('RESPONSE.INVALID_TOKEN', 'The token was not made here, or was changed.'));
    return meaning === 'sold' && isLateAccept('accept', offer, now)
      ? fail(failure('OFFER.EXPIRED', `The offer ${offer.offer} is over.`))
      : undefined;
  }

  private async followsFrom(
    call: CallRecord,
    meaning: OutcomeMeaning,
    conclusion: CallConclusion,
  ): Promise<Result<Follows>> {
    const { number } = call;
    if (meaning === 'call_back') return this.callsBack(call, conclusion);
    if (meaning === 'not_reached' && call.taskId === null && call.state.direction?.value === 'outbound')
      return this.triesAgain(call, conclusion);
    if (meaning === 'do_not_call' && number === null)
      return fail(failure('TASK.NO_NUMBER', 'The call has no number to put on the do-not-call list.'));
    return ok(async (tx) => {
      if (number === null) return;
      if (meaning === 'do_not_call') await this.doNotCall.add(tx, [number]);
      if (meaning === 'wrong_number') await this.marks.wrong(tx, number, call.id);
      if (meaning === 'do_not_call' || meaning === 'wrong_number')
        await this.store.callOff(tx, number, 'call_back', meaning);
    });
  }

  /** Whoever was called without a task and not reached is called again later, as often as a task would be. */
  private async triesAgain(
    { profileId, number: address, dialogueId, id }: CallRecord,
    { at }: CallConclusion,
  ): Promise<Result<Follows>> {
    const { state, attempts, dueAt } = this.tasks.afterFirstTry(at);
    if (state !== 'open' || dueAt === null) return ok(() => Promise.resolve());
    const due = await this.newTasks.callableAt({ address, profileId }, dueAt);
    if (!due.ok) return ok(() => Promise.resolve());
    return ok(async (tx) => {
      await this.newTasks.add(tx, {
        kind: 'call_back',
        subject: 'Not reached: call again',
        priority: AGAIN_PRIORITY,
        skills: [],
        dueAt: due.value,
        profileId,
        address,
        dialogueId,
        callId: id,
        data: {},
        origin: `call:${id}:again`,
        attempts,
      });
    });
  }

  private async callsBack(
    { profileId, number, dialogueId, id }: CallRecord,
    { at, callBackAt = at, note, agent }: CallConclusion,
  ): Promise<Result<Follows>> {
    const profile =
      number === null && profileId !== null ? await this.profiles.findById(profileId) : undefined;
    const address = number ?? (profile ? numberOf(profile.record) : null);
    const due = await this.newTasks.callableAt({ address, profileId }, callBackAt);
    if (!due.ok) return due;
    return ok(async (tx) => {
      await this.newTasks.add(tx, {
        kind: 'call_back',
        subject: note?.slice(0, 300) ?? 'Call back',
        priority: CALL_BACK_PRIORITY,
        skills: [],
        dueAt: due.value,
        profileId,
        address,
        dialogueId,
        callId: id,
        data: { promisedBy: agent },
        origin: `call:${id}:call-back`,
      });
    });
  }
}
