import { z } from 'zod';

/** What kinds of free text there are. */
export const textKinds = ['note', 'review', 'transcript'] as const;
export type TextKind = (typeof textKinds)[number];

/** Where events of one name hold free text, as it is written. */
export const textSourceSchema = z.strictObject({
  key: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[a-z0-9][a-z0-9._-]*$/, 'must be lower-case letters, digits, dots, dashes and underscores'),
  event: z.string().min(1).max(512),
  /** As `properties.body`; a list on the way gives every text in it. */
  path: z
    .string()
    .max(200)
    .regex(/^[^.\s]+(\.[^.\s]+)*$/, 'must be names with dots between them'),
  kind: z.enum(textKinds),
});
export type TextSourceDocument = z.infer<typeof textSourceSchema>;

/** The same, ready to use. */
export interface TextSource extends Omit<TextSourceDocument, 'path'> {
  readonly path: readonly string[];
}
