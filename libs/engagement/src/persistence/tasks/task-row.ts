import type { Task, TaskKind, TaskState } from '../../domain/index.js';

export interface TaskRow {
  id: string;
  queue: string;
  kind: TaskKind;
  subject: string;
  priority: number;
  skills: string[];
  due_at: Date;
  state: TaskState;
  claimed_by: string | null;
  claimed_at: Date | null;
  lease_until: Date | null;
  profile_id: string | null;
  address: string | null;
  dialogue_id: string | null;
  call_id: string | null;
  data: Record<string, unknown>;
  attempts: number;
  created_at: Date;
  completed_at: Date | null;
  result: string | null;
  origin: string;
  version: number;
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    queue: row.queue,
    kind: row.kind,
    subject: row.subject,
    priority: row.priority,
    skills: row.skills,
    dueAt: row.due_at.getTime(),
    state: row.state,
    claimedBy: row.claimed_by,
    claimedAt: row.claimed_at?.getTime() ?? null,
    leaseUntil: row.lease_until?.getTime() ?? null,
    profileId: row.profile_id,
    address: row.address,
    dialogueId: row.dialogue_id,
    callId: row.call_id,
    data: row.data,
    attempts: row.attempts,
    createdAt: row.created_at.getTime(),
    completedAt: row.completed_at?.getTime() ?? null,
    result: row.result,
    origin: row.origin,
    version: row.version,
  };
}
