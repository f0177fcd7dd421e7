/** What a human is asked to do. `review`: to look into something, as `data.review` names it. */
export const taskKinds = ['call_back', 'message', 'review', 'other'] as const;
export type TaskKind = (typeof taskKinds)[number];
/** `open` until it is done, called off, or tried often enough. */
export const taskStates = ['open', 'done', 'cancelled', 'exhausted'] as const;
export type TaskState = (typeof taskStates)[number];

/** One piece of work for a human. Times in milliseconds since the epoch. */
export interface Task {
  id: string;
  queue: string;
  kind: TaskKind;
  subject: string;
  /** 0 to 100; the highest comes first. */
  priority: number;
  skills: string[];
  dueAt: number;
  state: TaskState;
  claimedBy: string | null;
  claimedAt: number | null;
  /** Until then it is nobody else's. */
  leaseUntil: number | null;
  profileId: string | null;
  /** E.164 number, or the address of what was written. */
  address: string | null;
  dialogueId: string | null;
  callId: string | null;
  data: Record<string, unknown>;
  attempts: number;
  createdAt: number;
  completedAt: number | null;
  result: string | null;
  /** The same origin never makes two tasks. */
  origin: string;
  version: number;
}

export const taskResults = ['done', 'not_reached', 'cancelled'] as const;
export type TaskResult = (typeof taskResults)[number];

/** Origins that begin like this are of proposals, which are decided on and not merely completed. */
export const PROPOSAL = 'proposal:';

/** Who has the task now: nobody once the claim has lapsed. */
export function holderOf({ state, claimedBy, leaseUntil }: Task, now: number): string | null {
  return state === 'open' && leaseUntil !== null && leaseUntil > now ? claimedBy : null;
}

/** How a task goes on after it was worked on. */
export function afterWork(
  task: Pick<Task, 'attempts'>,
  result: TaskResult,
  { atMost, retryAfterMinutes }: { atMost: number; retryAfterMinutes: number },
  now: number,
): { state: TaskState; attempts: number; dueAt: number | null } {
  if (result === 'cancelled') return { state: 'cancelled', attempts: task.attempts, dueAt: null };
  const attempts = task.attempts + 1;
  if (result === 'done') return { state: 'done', attempts, dueAt: null };
  if (attempts >= atMost) return { state: 'exhausted', attempts, dueAt: null };
  return { state: 'open', attempts, dueAt: now + retryAfterMinutes * 60_000 * 2 ** (attempts - 1) };
}
