import { z } from 'zod';
import { personCardSchema } from './desk-schemas.js';

const identifier = z.string().min(3).max(600).describe('`namespace:value`');
const mergeSchema = z.strictObject({
  kind: z.literal('merge'),
  profileId: z.uuid(),
  other: z.union([z.uuid(), identifier]).describe('Who is the same person: an id, or an identifier they say'),
});
const splitSchema = z.strictObject({
  kind: z.literal('split'),
  profileId: z.uuid(),
  identifiers: z.array(identifier).min(1).max(100).describe('What is somebody else’s'),
});
const callId = z
  .uuid()
  .optional()
  .describe('The call one is in: of whom is verified there, a split is shown in full');
export const changeSchema = z.discriminatedUnion('kind', [mergeSchema, splitSchema]);
export type IdentityChange = z.output<typeof changeSchema>;

const said = { callId, reason: z.string().trim().min(1).max(500) };
export const lookSchema = z.discriminatedUnion('kind', [
  mergeSchema.extend({ callId }),
  splitSchema.extend({ callId }),
]);
export const proposalSchema = z.discriminatedUnion('kind', [
  mergeSchema.extend(said),
  splitSchema.extend(said),
]);
export type ProposalBody = z.output<typeof proposalSchema>;

export const changePreviewSchema = z.object({
  kind: z.enum(['merge', 'split']),
  results: z
    .array(personCardSchema)
    .describe('The golden records as they would be: one of a merge; of a split who stays, then who leaves'),
  moves: z
    .object({
      identifiers: z.array(z.object({ namespace: z.string(), value: z.string() })),
      traits: z.record(z.string(), z.unknown()),
    })
    .describe('What comes into the record that stays, or leaves with the other'),
  holds: z.record(z.string(), z.number()).describe('What else is kept under either id of a merge'),
});
export type ChangePreview = z.output<typeof changePreviewSchema>;

export const heldProposalSchema = z.object({
  taskId: z.uuid(),
  kind: z.enum(['merge', 'split']),
  profileId: z.uuid(),
  reason: z.string(),
  by: z.string().describe('Who proposes it'),
  at: z.string(),
  state: z.string(),
  result: z.string().nullable().describe('`performed` or `refused`'),
  preview: changePreviewSchema.nullable().describe('Null once it was decided on, or can no longer be done'),
});

export const decisionSchema = z.strictObject({
  verdict: z.enum(['perform', 'refuse']),
  reason: z.string().trim().min(1).max(500),
});
export type ProposalDecision = z.output<typeof decisionSchema>;
export const decidedSchema = z.object({
  taskId: z.uuid(),
  result: z.enum(['performed', 'refused']),
  profileId: z.uuid(),
  otherId: z.uuid().nullable().describe('Of a merge the id that leads to the survivor, of a split who left'),
});
