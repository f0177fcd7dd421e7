import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { Clock, Database, type Transaction } from '@repartee/platform';
import { afterWork, holderOf, PROPOSAL, type Task, type TaskResult } from '../../domain/index.js';
import { Agents } from '../../persistence/agents/agent-presence.js';
import { CallCenterSettingsStore } from '../../persistence/call-center-settings.js';
import { type TaskChange, TaskStore } from '../../persistence/tasks/task-store.js';
import { CallingTimes } from './calling-times.js';
import { DoNotCall } from './do-not-call.js';

/** Who works on a task, and on which version of it they decided. */
export interface Worker {
  agent: string;
  /** An administrator may take a task out of anybody's hands. */
  admin: boolean;
  /** From `If-Match`. */
  version?: number | undefined;
}

const UNCLAIMED = { claimedBy: null, claimedAt: null, leaseUntil: null } as const;
const MINUTE = 60_000;

/** Lets humans work on tasks: one at a time has one, and nobody is called when they may not be. */
@Injectable()
export class Tasks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TaskStore) private readonly store: TaskStore,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(CallCenterSettingsStore) private readonly settings: CallCenterSettingsStore,
    @Inject(CallingTimes) private readonly times: CallingTimes,
    @Inject(DoNotCall) private readonly doNotCall: DoNotCall,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async get(id: string): Promise<Result<Task>> {
    const task = await this.store.find(id);
    return task ? ok(task) : notFound();
  }

  /** Of many who want a task one gets it. Once more by its holder, the claim lasts longer. */
  async claim(id: string, worker: Worker): Promise<Result<Task>> {
    const seen = await this.store.find(id);
    if (!seen) return notFound();
    const skills = (await this.agents.find(worker.agent))?.skills;
    const lacks = skills && seen.skills.filter((skill) => !skills.includes(skill));
    if (lacks && lacks.length > 0)
      return fail(failure('TASK.SKILL_MISSING', `The agent lacks ${lacks.join(', ')}.`));
    const forbidden = await this.forbids(seen);
    if (forbidden) return forbidden;
    return this.onOpen(id, worker, async (tx, task, now) => {
      const leaseUntil = now + this.settings.current.claimMinutes * MINUTE;
      const again = holderOf(task, now) === worker.agent;
      const claimedAt = again ? task.claimedAt : now;
      return ok(await this.store.change(tx, id, { claimedBy: worker.agent, claimedAt, leaseUntil }));
    });
  }

  release(id: string, worker: Worker): Promise<Result<Task>> {
    return this.onHeld(id, worker, () => ok(UNCLAIMED));
  }

  /** Puts a task off; somebody else may take it then. */
  snooze(id: string, worker: Worker, until: number): Promise<Result<Task>> {
    return this.onOpenTask(id, worker, (_task, now) =>
      until <= now
        ? fail(failure('TASK.IN_THE_PAST', '`until` is over.'))
        : ok({ ...UNCLAIMED, dueAt: until }),
    );
  }

  /** Gives a task to another queue or agent. */
  reassign(
    id: string,
    worker: Worker,
    to: { queue?: string | undefined; agent?: string | undefined },
  ): Promise<Result<Task>> {
    return this.onOpenTask(id, worker, (_task, now) =>
      ok({
        ...(to.queue !== undefined && { queue: to.queue }),
        ...(to.agent === undefined
          ? UNCLAIMED
          : {
              claimedBy: to.agent,
              claimedAt: now,
              leaseUntil: now + this.settings.current.claimMinutes * MINUTE,
            }),
      }),
    );
  }

  complete(id: string, worker: Worker, result: TaskResult): Promise<Result<Task>> {
    return this.onHeld(id, worker, (task, now) =>
      task.origin.startsWith(PROPOSAL)
        ? fail(failure('TASK.TO_BE_DECIDED', 'A supervisor performs or refuses a proposal.'))
        : ok(this.worked(task, result, now)),
    );
  }

  /** How it goes on with somebody who was called without a task and not reached. */
  afterFirstTry(now: number): ReturnType<typeof afterWork> {
    return afterWork({ attempts: 0 }, 'not_reached', this.settings.current.attempts, now);
  }

  /** The same in a transaction that is open, whoever has the task: a call that it was about is over. */
  async settle(tx: Transaction, id: string, result: TaskResult): Promise<void> {
    const task = await this.store.lock(tx, id);
    if (task?.state === 'open') await this.store.change(tx, id, this.worked(task, result, this.clock.now()));
  }

  private worked(task: Task, result: TaskResult, now: number): TaskChange {
    const { dueAt, ...after } = afterWork(task, result, this.settings.current.attempts, now);
    if (after.state === 'open') return { ...after, ...UNCLAIMED, ...(dueAt !== null && { dueAt }), result };
    return { ...after, leaseUntil: null, completedAt: now, result };
  }

  /** Why nobody may be called now; what may never be called is called off. */
  private async forbids(task: Task): Promise<Result<never> | undefined> {
    if (task.kind !== 'call_back' || task.address === null || task.state !== 'open') return undefined;
    const { address, profileId } = task;
    if (await this.doNotCall.has(address)) {
      await this.database.transaction((tx) => this.store.callOff(tx, address, 'call_back', 'do not call'));
      return fail(
        failure('TASK.DO_NOT_CALL', 'The number is on the do-not-call list; the task is called off.'),
      );
    }
    const now = this.clock.now();
    const next = await this.times.next(address, profileId, now);
    if (next === now) return undefined;
    const until = next === null ? null : new Date(next).toISOString();
    return fail(failure('TASK.NOT_NOW', 'The person may not be called at this hour.', { extra: { until } }));
  }

  private onHeld(
    id: string,
    worker: Worker,
    how: (task: Task, now: number) => Result<TaskChange>,
  ): Promise<Result<Task>> {
    return this.onOpen(id, worker, async (tx, task, now) => {
      if (holderOf(task, now) === null && !worker.admin)
        return fail(failure('TASK.NOT_CLAIMED', 'Claim the task first.'));
      const change = how(task, now);
      return change.ok ? ok(await this.store.change(tx, id, change.value)) : change;
    });
  }

  private onOpenTask(
    id: string,
    worker: Worker,
    how: (task: Task, now: number) => Result<TaskChange>,
  ): Promise<Result<Task>> {
    return this.onOpen(id, worker, async (tx, task, now) => {
      const change = how(task, now);
      return change.ok ? ok(await this.store.change(tx, id, change.value)) : change;
    });
  }

  private onOpen(
    id: string,
    { agent, admin, version }: Worker,
    work: (tx: Transaction, task: Task, now: number) => Promise<Result<Task>>,
  ): Promise<Result<Task>> {
    return this.database.transaction(async (tx): Promise<Result<Task>> => {
      const task = await this.store.lock(tx, id);
      if (!task) return notFound();
      if (version !== undefined && version !== task.version)
        return fail(failure('HTTP.PRECONDITION_FAILED', 'Somebody has changed the task in between.'));
      if (task.state !== 'open') return fail(failure('TASK.CLOSED', `The task is ${task.state}.`));
      const now = this.clock.now();
      const holder = holderOf(task, now);
      if (holder !== null && holder !== agent && !admin)
        return fail(failure('TASK.CLAIMED', 'Somebody else has the task.'));
      return work(tx, task, now);
    });
  }
}

function notFound(): Result<never> {
  return fail(failure('TASK.NOT_FOUND', 'No task has this id.'));
}
