import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { normaliseIdentifier } from '@repartee/identity/domain';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import type { GoldenRecord } from '@repartee/profile/domain';
import type { Task, TaskKind } from '../../domain/index.js';
import { CallCenterSettingsStore } from '../../persistence/call-center-settings.js';
import { type NewTask, TaskStore } from '../../persistence/tasks/task-store.js';
import { CallingTimes } from './calling-times.js';
import { DoNotCall } from './do-not-call.js';
import type { NewTaskBody } from './task-schemas.js';

type Whom = Pick<NewTask, 'profileId' | 'address'>;

/** Makes work for humans. */
@Injectable()
export class NewTasks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TaskStore) private readonly store: TaskStore,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(CallCenterSettingsStore) private readonly settings: CallCenterSettingsStore,
    @Inject(CallingTimes) private readonly times: CallingTimes,
    @Inject(DoNotCall) private readonly doNotCall: DoNotCall,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Fails with TASK.NO_NUMBER or TASK.DO_NOT_CALL where a call-back could never be made. */
  async make(body: NewTaskBody): Promise<Result<{ task: Task; created: boolean }>> {
    const whom = await this.whom(body);
    if (!whom.ok) return whom;
    const wanted = body.dueAt === undefined ? this.clock.now() : Date.parse(body.dueAt);
    const due = body.kind === 'call_back' ? await this.callableAt(whom.value, wanted) : ok(wanted);
    if (!due.ok) return due;
    const task = this.taskOf(body, whom.value, due.value);
    return ok(await this.database.transaction((tx) => this.store.add(tx, task)));
  }

  /** When a person may be called first from a moment on. */
  async callableAt({ address, profileId }: Whom, from: number): Promise<Result<number>> {
    if (address === null) return fail(failure('TASK.NO_NUMBER', 'A call-back needs a number.'));
    if (await this.doNotCall.has(address))
      return fail(failure('TASK.DO_NOT_CALL', 'The number is on the do-not-call list.'));
    const next = await this.times.next(address, profileId, Math.max(from, this.clock.now()));
    return next === null
      ? fail(failure('TASK.NOT_NOW', 'The number may not be called within two weeks.'))
      : ok(next);
  }

  /** In the queue that the settings name for its kind, unless told. */
  add(
    tx: Transaction,
    task: Omit<NewTask, 'queue'> & { queue?: string },
  ): Promise<{ task: Task; created: boolean }> {
    return this.store.add(tx, { queue: this.queueOf(task.kind), ...task });
  }

  private queueOf(kind: TaskKind): string {
    const { callBacks, messages } = this.settings.current.queues;
    return kind === 'message' ? messages : callBacks;
  }

  private async whom({ number, profileId }: NewTaskBody): Promise<Result<Whom>> {
    const profile = profileId === undefined ? undefined : await this.profiles.findById(profileId);
    if (profileId !== undefined && !profile)
      return fail(failure('PROFILE.NOT_FOUND', 'There is no such profile.'));
    const id = profile?.record.id ?? null;
    if (number === undefined)
      return ok({ profileId: id, address: profile ? numberOf(profile.record) : null });
    const read = normaliseIdentifier('phone', number);
    return read.ok ? ok({ profileId: id, address: read.value.value }) : read;
  }

  private taskOf(body: NewTaskBody, whom: Whom, dueAt: number): NewTask {
    const { kind, subject, priority, skills, dialogueId = null, callId = null, data } = body;
    return {
      queue: body.queue ?? this.queueOf(kind),
      kind,
      subject,
      priority,
      skills,
      dueAt,
      ...whom,
      dialogueId,
      callId,
      data,
      origin: body.origin ?? `api:${newId()}`,
    };
  }
}

/** A proved number before a claimed one. */
export function numberOf({ identifiers }: GoldenRecord): string | null {
  const held = identifiers.filter(
    ({ namespace, until, shared }) => namespace === 'phone' && until === undefined && shared !== true,
  );
  return (held.find(({ verified }) => verified) ?? held[0])?.value ?? null;
}
