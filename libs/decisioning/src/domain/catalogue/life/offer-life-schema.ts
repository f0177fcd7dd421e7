import { z } from 'zod';
import { instantSchema } from '../field-schemas.js';

const actor = z.string().max(200);
const at = z.iso.datetime();
const note = z.string().min(1).max(1000).optional();
/** All that an offer says, but for where it stands in its life. */
const document = z.record(z.string(), z.unknown());

export const lifeActions = ['publish', 'retire', 'rollback'] as const;
export type LifeAction = (typeof lifeActions)[number];

/** Who asked for what is in force, and who said yes. */
export const approvalSchema = z.strictObject({
  by: actor,
  at,
  requestedBy: actor.optional(),
  requestedAt: at.optional(),
  effectiveAt: instantSchema.optional(),
  note,
});

/** A change that waits for somebody's yes. */
export const requestSchema = z.strictObject({
  action: z.enum(lifeActions),
  by: actor,
  at,
  effectiveAt: instantSchema.optional(),
  note,
  document,
});

/** What the offer will be from a moment on. */
export const scheduledSchema = z.strictObject({
  effectiveAt: instantSchema,
  document,
  approval: approvalSchema,
});

/** Somebody's no to the last change that was asked for. */
export const rejectionSchema = z.strictObject({ requestedBy: actor, by: actor, at, note });

/** Where an offer stands in its life: written by its steps alone, whatever else is written. */
export const offerLife = {
  /** What it will say when it is published next; until then it stays as it is. */
  draft: document.optional(),
  request: requestSchema.optional(),
  scheduled: scheduledSchema.optional(),
  approval: approvalSchema.optional(),
  rejection: rejectionSchema.optional(),
};
