import { deserialize, serialize } from 'node:v8';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '@repartee/governance';
import { Database, type Transaction } from '@repartee/platform';
import {
  DEFAULT_OBJECTIVE,
  LearningState,
  objectiveSchema,
  sumOf,
  type CountLine,
  type LearningUpdate,
  type Challenger,
  type Lesson,
  type Notice,
  type SeatChange,
  type Objective,
  type StoredLearningState,
} from '../domain/index.js';
import { LaterJudge } from './later-judge.js';

/** Raised with every change to what a state is made of or how an update changes it: older checkpoints are passed over. */
export const CHECKPOINT_VERSION = 3;
const BATCH = 500;
/** The last so many checkpoints are kept, and of older ones those at multiples of this place. */
const KEPT = 10;
const SPARSE = 50_000;

type Body = Lesson | Notice;
type DueRow = Pick<Lesson, 'model' | 'features' | 'control' | 'prior' | 'weight'> & {
  decisionId: string;
  offer: string;
  credit: number;
  told: number | null;
};

/** The ordered log of what learning is told, and checkpoints of what it made of it. */
@Injectable()
export class UpdateLog {
  constructor(
    private readonly database: Database,
    private readonly judge: LaterJudge,
    private readonly trail: AuditLog,
  ) {}

  /**
   * Appends what is due. Whoever holds the head's row is the one learner for this transaction: another gets nothing and
   * goes on. A crash rolls both the log and the marks back.
   * @returns how many lines were written
   */
  async append(now: Date): Promise<number> {
    const [due] = await this.database.query(
      `SELECT 1 WHERE EXISTS (SELECT 1 FROM learning_evidence)
                   OR EXISTS (SELECT 1 FROM learning_presentation WHERE due_at <= $1)
                   OR EXISTS (SELECT 1 FROM learning_presentation WHERE judged_at <= $1)`,
      [now],
      'learning.due',
    );
    return due ? this.database.transaction((tx) => this.appendDue(tx, now)) : 0;
  }

  /** The lines after `sequence`, in order. */
  async after(sequence: number, limit: number): Promise<LearningUpdate[]> {
    const rows = await this.database.query<{ sequence: string; body: Body }>(
      'SELECT sequence, body FROM learning_update WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      [sequence, limit],
      'learning.after',
    );
    return rows.map(({ sequence: at, body }) => ({ ...body, sequence: Number(at) }));
  }

  /** The last lines of one model, newest first. */
  async recent(model: string, limit: number): Promise<Lesson[]> {
    const rows = await this.database.query<{ body: Lesson }>(
      `SELECT body FROM learning_update WHERE body ->> 'model' = $1 ORDER BY sequence DESC LIMIT $2`,
      [model, limit],
    );
    return rows.map(({ body }) => body);
  }

  /** The newest checkpoint that is not past `sequence`, or the beginning. */
  async checkpoint(sequence = Number.MAX_SAFE_INTEGER): Promise<LearningState> {
    const [row] = await this.database.query<{ state: Buffer }>(
      `SELECT state FROM learning_checkpoint WHERE version = $1 AND sequence <= $2 ORDER BY sequence DESC LIMIT 1`,
      [CHECKPOINT_VERSION, sequence],
    );
    if (row) return LearningState.restore(deserialize(row.state) as StoredLearningState);
    const [first] = await this.database.query<{ sequence: string }>(
      'SELECT sequence FROM learning_update ORDER BY sequence LIMIT 1',
    );
    return LearningState.after(first ? Number(first.sequence) - 1 : 0);
  }

  /** The first place whose state can be had again. */
  async recalledFrom(): Promise<number> {
    const [head] = await this.database.query<{ from: string }>(
      'SELECT recalled_from AS "from" FROM learning_head WHERE id = 1',
    );
    return Number(head?.from ?? 0);
  }

  /** Keeps the state. Whoever comes second changes nothing: states of one place are equal. */
  async keep(state: LearningState): Promise<void> {
    await this.database.query(
      `INSERT INTO learning_checkpoint (sequence, version, state) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [state.sequence, CHECKPOINT_VERSION, serialize(state.store())],
    );
    await this.database.query(
      `DELETE FROM learning_checkpoint c USING learning_head h
        WHERE version = $1 AND c.sequence <> h.recalled_from AND c.sequence % ${SPARSE} <> 0 AND c.sequence NOT IN (
         SELECT sequence FROM learning_checkpoint WHERE version = $1 ORDER BY sequence DESC LIMIT ${KEPT})`,
      [CHECKPOINT_VERSION],
    );
  }

  async objective(): Promise<Objective> {
    const [row] = await this.database.query<{ document: unknown }>(
      'SELECT document FROM learning_objective WHERE id = 1',
      [],
      'learning.objective',
    );
    return row ? objectiveSchema.parse(row.document) : DEFAULT_OBJECTIVE;
  }

  async setObjective(tx: Transaction, objective: Objective): Promise<void> {
    await tx.query(
      `INSERT INTO learning_objective (id, document) VALUES (1, $1::jsonb)
       ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
      [JSON.stringify(objective)],
    );
  }

  /** Writes down which challengers learn from here on. */
  async declare(tx: Transaction, challengers: Challenger[], now: Date): Promise<void> {
    const [head] = await tx.query<{ sequence: string }>(
      'UPDATE learning_head SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence',
    );
    const notice: Notice = { counts: [], challengers };
    await tx.query('INSERT INTO learning_update (sequence, at, body) VALUES ($1, $2, $3::jsonb)', [
      Number(head!.sequence),
      now,
      JSON.stringify(notice),
    ]);
  }

  /** Notes in the audit log whose seats changed hands at one place of the log; once, whichever processes see it. */
  async audit(sequence: number, changes: readonly SeatChange[]): Promise<void> {
    await this.trail.prepare();
    await this.database.transaction(async (tx) => {
      const [first] = await tx.query(
        'UPDATE learning_head SET audited = $1 WHERE id = 1 AND audited < $1 RETURNING 1',
        [sequence],
      );
      if (!first) return;
      await this.trail.record(
        tx,
        changes.map(({ model, from, to }) => ({
          actor: 'system',
          action: 'configure' as const,
          subject: `model/${model}`,
          detail: { sequence, from, to },
        })),
      );
    });
  }

  private async appendDue(tx: Transaction, now: Date): Promise<number> {
    const [head] = await tx.query<{ sequence: string }>(
      'SELECT sequence FROM learning_head WHERE id = 1 FOR UPDATE SKIP LOCKED',
      [],
      'learning.head',
    );
    if (!head) return 0;
    const earned = await this.judge.judge(tx, now);
    const due = await tx.query<DueRow>(
      `SELECT decision_id AS "decisionId", offer, model, features, control, prior, credit + earned AS credit, weight, told
         FROM learning_presentation
        WHERE due_at <= $1 AND (judged_at IS NULL OR judged_at > $1) ORDER BY due_at, decision_id, offer
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [now],
      'learning.take',
    );
    const counts = sumOf([...(await takeEvidence(tx)), ...earned]);
    const bodies: Body[] = due.map(bodyOf);
    if (counts.length > 0) bodies.push({ counts });
    if (bodies.length === 0) return 0;
    const first = Number(head.sequence) + 1;
    await tx.query(
      `INSERT INTO learning_update (sequence, at, body)
       SELECT $1::bigint + ordinality - 1, $2, body FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS b (body)`,
      [first, now, JSON.stringify(bodies)],
    );
    await tx.query('UPDATE learning_head SET sequence = $1 WHERE id = 1', [first + bodies.length - 1]);
    await tx.query(
      `UPDATE learning_presentation p SET told = p.credit + p.earned, due_at = NULL
         FROM unnest($1::uuid[], $2::text[]) AS d (decision_id, offer)
        WHERE p.decision_id = d.decision_id AND p.offer = d.offer`,
      [due.map((row) => row.decisionId), due.map((row) => row.offer)],
    );
    return bodies.length;
  }
}

/** What responses have added to the counts since the last time, in the order in which it was noted. */
async function takeEvidence(tx: Transaction): Promise<CountLine[]> {
  const rows = await tx.query<{ id: string; counts: CountLine[] }>(
    `DELETE FROM learning_evidence WHERE id IN (
       SELECT id FROM learning_evidence ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
     RETURNING id, counts`,
    [],
    'learning.evidence',
  );
  const inOrder = rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return inOrder.flatMap(({ counts }) => counts);
}

/**
 * What a display tells. Heard of for the first time it is one observation, worth its best response. When a better response
 * follows, the difference is told as that much of a yes: what was said cannot be taken back.
 */
function bodyOf({ model, features, control, prior, credit, weight, told }: DueRow): Lesson {
  const lesson =
    told === null ? { reward: credit, weight } : { reward: 1, weight: Math.min(1, (credit - told) * weight) };
  return { model, features, control, prior: prior ?? null, ...lesson };
}
