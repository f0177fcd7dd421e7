import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database, newId, type Transaction, Happenings } from '@repartee/platform';
import type { Task, TaskKind, TaskState } from '../../domain/index.js';
import { type TaskRow, toTask } from './task-row.js';

/** A task to be made. Times in milliseconds since the epoch. */
export interface NewTask {
  queue: string;
  kind: TaskKind;
  subject: string;
  priority: number;
  skills: readonly string[];
  dueAt: number;
  profileId: string | null;
  address: string | null;
  dialogueId: string | null;
  callId: string | null;
  data: Record<string, unknown>;
  /** The same origin never makes two. */
  origin: string;
  /** How often it was tried before it became a task; 0 unless given. */
  attempts?: number;
}

/** What of a task changes while it is worked on. */
export type TaskChange = Partial<
  Pick<
    Task,
    | 'queue'
    | 'dueAt'
    | 'state'
    | 'claimedBy'
    | 'claimedAt'
    | 'leaseUntil'
    | 'attempts'
    | 'completedAt'
    | 'result'
  >
>;

export interface TaskPage {
  queue?: string | undefined;
  state: TaskState;
  kind?: TaskKind | undefined;
  /** Only what this agent has; `''`: only what nobody has. */
  agent?: string | undefined;
  profileId?: string | undefined;
  /** Only what is due by then. */
  dueBefore?: number | undefined;
  after?: Pick<Task, 'priority' | 'dueAt' | 'id'> | undefined;
  limit: number;
}

const COLUMNS: Readonly<Record<keyof TaskChange, string>> = {
  queue: 'queue',
  dueAt: 'due_at',
  state: 'state',
  claimedBy: 'claimed_by',
  claimedAt: 'claimed_at',
  leaseUntil: 'lease_until',
  attempts: 'attempts',
  completedAt: 'completed_at',
  result: 'result',
};
const TIMES: ReadonlySet<string> = new Set(['dueAt', 'claimedAt', 'leaseUntil', 'completedAt']);

/** Work for humans, as it is stored. */
@Injectable()
export class TaskStore {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Happenings) private readonly happenings: Happenings,
  ) {}

  /** @returns the task, and whether it was made now */
  async add(tx: Transaction, task: NewTask): Promise<{ task: Task; created: boolean }> {
    const [made] = await tx.query<TaskRow>(
      `INSERT INTO task (id, queue, kind, subject, priority, skills, due_at, state, profile_id, address, dialogue_id,
         call_id, data, attempts, created_at, origin, version, change_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11, $12, $15, $13, $14, 1, $1)
       ON CONFLICT (origin) DO NOTHING RETURNING *`,
      [
        newId(),
        task.queue,
        task.kind,
        task.subject,
        task.priority,
        JSON.stringify(task.skills),
        new Date(task.dueAt),
        task.profileId,
        task.address,
        task.dialogueId,
        task.callId,
        JSON.stringify(task.data),
        new Date(this.clock.now()),
        task.origin,
        task.attempts ?? 0,
      ],
    );
    if (made) {
      await this.tell(tx, 'created', [made]);
      return { task: toTask(made), created: true };
    }
    const [known] = await tx.query<TaskRow>('SELECT * FROM task WHERE origin = $1', [task.origin]);
    if (!known) throw new Error(`the task of ${task.origin} vanished`);
    return { task: toTask(known), created: false };
  }

  async find(id: string): Promise<Task | undefined> {
    const [row] = await this.database.query<TaskRow>('SELECT * FROM task WHERE id = $1', [id]);
    return row && toTask(row);
  }

  /** A task, held until the transaction ends: of many who want it one comes first. */
  async lock(tx: Transaction, id: string): Promise<Task | undefined> {
    const [row] = await tx.query<TaskRow>('SELECT * FROM task WHERE id = $1 FOR UPDATE', [id]);
    return row && toTask(row);
  }

  async change(tx: Transaction, id: string, change: TaskChange): Promise<Task> {
    const fields = Object.keys(change) as (keyof TaskChange)[];
    const values = fields.map((field) => {
      const value = change[field] ?? null;
      return TIMES.has(field) && value !== null ? new Date(value) : value;
    });
    const sets = fields.map((field, index) => `${COLUMNS[field]} = $${index + 2}`);
    const [row] = await tx.query<TaskRow>(
      `UPDATE task SET ${sets.join(', ')}, version = version + 1, change_id = $${fields.length + 2}
       WHERE id = $1 RETURNING *`,
      [id, ...values, newId()],
    );
    if (!row) throw new Error(`there is no task ${id}`);
    await this.tell(tx, change.state ?? (change.claimedBy ? 'claimed' : 'changed'), [row]);
    return toTask(row);
  }

  /** Ends the task of an origin, whoever has it: what it asked for was done elsewhere. */
  async finish(tx: Transaction, origin: string, result: string): Promise<void> {
    const done = await tx.query<TaskRow>(
      `UPDATE task SET state = 'done', result = $2, completed_at = $3, lease_until = NULL, version = version + 1,
         change_id = $4 WHERE origin = $1 AND state = 'open' RETURNING *`,
      [origin, result, new Date(this.clock.now()), newId()],
    );
    await this.tell(tx, 'done', done);
  }

  /** Calls off what is open to an address. @returns how many */
  async callOff(tx: Transaction, address: string, kind: TaskKind, result: string): Promise<number> {
    const gone = await tx.query<TaskRow>(
      `UPDATE task SET state = 'cancelled', result = $3, completed_at = $4, lease_until = NULL, version = version + 1,
         change_id = $5 WHERE address = $1 AND kind = $2 AND state = 'open' RETURNING *`,
      [address, kind, result, new Date(this.clock.now()), newId()],
    );
    await this.tell(tx, 'cancelled', gone);
    return gone.length;
  }

  private tell(tx: Transaction, what: string, tasks: readonly TaskRow[]): Promise<void> {
    const at = this.clock.now();
    const told = tasks.map(({ id, kind, queue, state, profile_id: profileId }) => ({
      id: newId(),
      type: `task.${what}`,
      subject: profileId ?? id,
      at,
      data: { taskId: id, kind, queue, state, profileId },
    }));
    return this.happenings.announce(tx, told);
  }

  /** The highest priority first, then what is due longest. */
  async list({ after, ...page }: TaskPage): Promise<Task[]> {
    const rows = await this.database.query<TaskRow>(
      `SELECT * FROM task
       WHERE state = $1 AND ($2::text IS NULL OR queue = $2) AND ($3::text IS NULL OR kind = $3)
         AND ($4::text IS NULL OR CASE WHEN lease_until > $5 THEN claimed_by ELSE '' END = $4)
         AND ($6::uuid IS NULL OR profile_id = $6) AND ($7::timestamptz IS NULL OR due_at <= $7)
         AND ($8::integer IS NULL OR (-priority, due_at, id) > (-$8::integer, $9::timestamptz, $10::uuid))
       ORDER BY -priority, due_at, id LIMIT $11`,
      [
        page.state,
        page.queue ?? null,
        page.kind ?? null,
        page.agent ?? null,
        new Date(this.clock.now()),
        page.profileId ?? null,
        page.dueBefore === undefined ? null : new Date(page.dueBefore),
        after?.priority ?? null,
        after ? new Date(after.dueAt) : null,
        after?.id ?? null,
        page.limit,
      ],
    );
    return rows.map(toTask);
  }
}
