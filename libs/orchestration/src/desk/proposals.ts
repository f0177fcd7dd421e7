import { Inject, Injectable } from '@nestjs/common';
import { fail, failure, ok, type Result } from '@repartee/contracts';
import { NewTasks, TaskStore } from '@repartee/engagement';
import { PROPOSAL, type Task } from '@repartee/engagement/domain';
import { AuditLog } from '@repartee/governance';
import { Clock, Database, newId, type Transaction } from '@repartee/platform';
import { Profiles } from '@repartee/profile';
import { createHash } from 'node:crypto';
import { IdentityChanges } from './identity-changes.js';
import type { IdentityChange, ProposalDecision } from './proposal-schemas.js';

const PRIORITY = 55;
const SUBJECTS = {
  merge: 'Two records may be one person',
  split: 'One record may be two people',
} as const;

/** A proposal as it stands. */
export interface Proposal {
  task: Task;
  kind: IdentityChange['kind'];
  reason: string;
  by: string;
  /** Null where what it speaks of is no longer there. */
  change: IdentityChange | null;
}

/** Thrown to roll back: somebody else has decided meanwhile. */
class DecidedMeanwhile extends Error {}

/**
 * Merges and splits that somebody proposes and somebody else decides on. A proposal is a task; every agent may read tasks,
 * so it keeps what is to leave a person as digests.
 */
@Injectable()
export class Proposals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(NewTasks) private readonly newTasks: NewTasks,
    @Inject(TaskStore) private readonly tasks: TaskStore,
    @Inject(IdentityChanges) private readonly changes: IdentityChanges,
    @Inject(Profiles) private readonly profiles: Profiles,
    @Inject(AuditLog) private readonly audit: AuditLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Fails as a preview does: what cannot be done is not proposed. */
  async propose(
    change: IdentityChange,
    { reason, by, actor, callId }: { reason: string; by: string; actor: string; callId: string | undefined },
  ): Promise<Result<{ taskId: string }>> {
    const possible = await this.changes.preview(change, actor, true);
    if (!possible.ok) return possible;
    const { kind, profileId } = change;
    const origin = `${PROPOSAL}${newId()}`;
    const what =
      change.kind === 'merge'
        ? { other: change.other }
        : { leaving: change.identifiers.map((one) => digest(origin, one)) };
    await this.audit.prepare();
    const at = this.clock.now();
    const { task } = await this.database.transaction(async (tx) => {
      const detail = { proposed: kind, reason, ...what };
      await this.audit.record(tx, [{ actor, action: 'change', subject: profileId, at, detail }]);
      return this.newTasks.add(tx, {
        kind: 'review',
        subject: SUBJECTS[kind],
        priority: PRIORITY,
        skills: [],
        dueAt: at,
        profileId,
        address: null,
        dialogueId: null,
        callId: callId ?? null,
        data: { review: kind, reason, by, ...what },
        origin,
      });
    });
    return ok({ taskId: task.id });
  }

  /** Fails with TASK.NOT_FOUND or TASK.NO_PROPOSAL. */
  async find(taskId: string): Promise<Result<Proposal>> {
    const task = await this.tasks.find(taskId);
    if (!task) return fail(failure('TASK.NOT_FOUND', 'No task has this id.'));
    const { review, reason, by } = task.data as Record<string, string>;
    if (!task.origin.startsWith(PROPOSAL) || (review !== 'merge' && review !== 'split'))
      return fail(failure('TASK.NO_PROPOSAL', 'The task proposes nothing.'));
    const change = await this.changeOf(task, review);
    return ok({ task, kind: review, reason: reason ?? '', by: by ?? '', change });
  }

  /** Performs or refuses a proposal, once: of two who decide at once the other is told. */
  async decide(
    taskId: string,
    { verdict, reason }: ProposalDecision,
    actor: string,
  ): Promise<Result<{ profileId: string; otherId: string | null }>> {
    const found = await this.find(taskId);
    if (!found.ok) return found;
    const { task, change, kind } = found.value;
    if (task.state !== 'open' || task.profileId === null) return decidedBefore();
    const { profileId } = task;
    try {
      if (verdict === 'refuse') {
        await this.refuse(task, profileId, { kind, reason, actor });
        return ok({ profileId, otherId: null });
      }
      if (!change) return fail(failure('PROFILE.NOT_HELD', 'The person no longer has what was to leave.'));
      return await this.changes.perform(change, { actor, reason }, (tx) => this.end(tx, taskId, 'performed'));
    } catch (error) {
      if (error instanceof DecidedMeanwhile) return decidedBefore();
      throw error;
    }
  }

  private async refuse(
    { id }: Task,
    subject: string,
    { kind, reason, actor }: { kind: string; reason: string; actor: string },
  ): Promise<void> {
    await this.audit.prepare();
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.end(tx, id, 'refused');
      const detail = { refused: kind, task: id, reason };
      await this.audit.record(tx, [{ actor, action: 'change', subject, at, detail }]);
    });
  }

  private async end(tx: Transaction, taskId: string, result: string): Promise<void> {
    const task = await this.tasks.lock(tx, taskId);
    if (task?.state !== 'open') throw new DecidedMeanwhile();
    const over = { state: 'done', result, completedAt: this.clock.now(), leaseUntil: null } as const;
    await this.tasks.change(tx, taskId, over);
  }

  private async changeOf(task: Task, kind: 'merge' | 'split'): Promise<IdentityChange | null> {
    const { profileId, data, origin } = task;
    if (profileId === null) return null;
    if (kind === 'merge') return { kind, profileId, other: String(data['other']) };
    const leaving = data['leaving'] as string[];
    const person = await this.profiles.findById(profileId);
    const identifiers = (person?.record.identifiers ?? [])
      .map(({ namespace, value }) => `${namespace}:${value}`)
      .filter((one) => leaving.includes(digest(origin, one)));
    return identifiers.length === leaving.length ? { kind, profileId, identifiers } : null;
  }
}

function decidedBefore(): Result<never> {
  return fail(failure('TASK.CLOSED', 'Somebody has decided on the proposal.'));
}

/** What tells an identifier of the person again, and says it to nobody. */
function digest(origin: string, identifier: string): string {
  return createHash('sha256').update(`${origin} ${identifier}`).digest('base64url').slice(0, 22);
}
