import { z } from 'zod';
import { holderOf, PROPOSAL, type Task, taskKinds, taskResults, taskStates } from '../../domain/index.js';

const moment = z.iso.datetime({ offset: true });
export const queueKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
  .describe('Lower-case letters, digits, - and _');
export const agentName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);
export const skillList = z.array(z.string().min(1).max(63)).max(50);
export const idSchema = z.object({ id: z.uuid() });

export const newTaskSchema = z.strictObject({
  kind: z.enum(taskKinds),
  queue: queueKey.optional().describe('Unless told, the queue that the settings name for its kind'),
  subject: z.string().trim().min(1).max(300),
  priority: z.int().min(0).max(100).default(50),
  skills: skillList.default([]),
  dueAt: moment.optional().describe('A call-back is put off until the person may be called'),
  profileId: z.uuid().optional(),
  number: z.string().max(40).optional().describe('E.164; a call-back needs one, or a profile with one'),
  dialogueId: z.uuid().optional(),
  callId: z.uuid().optional(),
  data: z.record(z.string(), z.unknown()).default({}),
  origin: z
    .string()
    .min(1)
    .max(200)
    .refine((origin) => !origin.startsWith(PROPOSAL), 'is how proposals begin')
    .optional()
    .describe('The same origin never makes two tasks'),
});
export type NewTaskBody = z.output<typeof newTaskSchema>;

export const taskQuerySchema = z.object({
  queue: queueKey.optional(),
  state: z.enum(taskStates).default('open'),
  kind: z.enum(taskKinds).optional(),
  agent: agentName.optional().describe('Only what this agent has'),
  unclaimed: z.stringbool().default(false).describe('Only what nobody has'),
  profile: z.uuid().optional(),
  due: z.stringbool().default(false).describe('Only what is due'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TaskQuery = z.output<typeof taskQuerySchema>;

const worker = { agent: agentName.optional().describe('The key itself unless told') };
export const workerSchema = z.strictObject(worker).prefault({});
export const completeSchema = z
  .strictObject({ ...worker, result: z.enum(taskResults).default('done') })
  .prefault({});
export const snoozeSchema = z.strictObject({ ...worker, until: moment });
export const reassignSchema = z
  .strictObject({ ...worker, queue: queueKey.optional(), to: agentName.optional() })
  .refine(({ queue, to }) => queue !== undefined || to !== undefined, 'name a queue or an agent');

export const taskSchema = z.object({
  id: z.uuid(),
  queue: z.string(),
  kind: z.enum(taskKinds),
  subject: z.string(),
  priority: z.int(),
  skills: z.array(z.string()),
  dueAt: z.string(),
  state: z.enum(taskStates),
  claim: z.object({ agent: z.string(), until: z.string() }).nullable(),
  profileId: z.uuid().nullable(),
  address: z.string().nullable(),
  dialogueId: z.uuid().nullable(),
  callId: z.uuid().nullable(),
  data: z.record(z.string(), z.unknown()),
  attempts: z.int(),
  createdAt: z.string(),
  completedAt: z.string().nullable(),
  result: z.string().nullable(),
  version: z.int(),
});
export type TaskDocument = z.output<typeof taskSchema>;
export const taskPageSchema = z.object({ items: z.array(taskSchema), nextCursor: z.string().nullable() });

export function taskDocument(task: Task, now: number): TaskDocument {
  const agent = holderOf(task, now);
  return {
    id: task.id,
    queue: task.queue,
    kind: task.kind,
    subject: task.subject,
    priority: task.priority,
    skills: task.skills,
    dueAt: iso(task.dueAt),
    state: task.state,
    claim: agent === null ? null : { agent, until: iso(task.leaseUntil ?? now) },
    profileId: task.profileId,
    address: task.address,
    dialogueId: task.dialogueId,
    callId: task.callId,
    data: task.data,
    attempts: task.attempts,
    createdAt: iso(task.createdAt),
    completedAt: task.completedAt === null ? null : iso(task.completedAt),
    result: task.result,
    version: task.version,
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** The place after a task in the order of the list. */
export function cursorOf({ priority, dueAt, id }: Task): string {
  return `${priority}.${dueAt}.${id}`;
}

/** @returns null where it is no cursor of ours */
export function readCursor(cursor: string): Pick<Task, 'priority' | 'dueAt' | 'id'> | null {
  const [, priority, dueAt, id] = /^(\d{1,3})\.(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  return id === undefined || !z.uuid().safeParse(id).success
    ? null
    : { priority: Number(priority), dueAt: Number(dueAt), id };
}
