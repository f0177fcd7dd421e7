import { z } from 'zod';

/** Identifiers as requests carry them: camelCase shorthands or any `namespace: value`. */
export const identifiersSchema = z
  .record(z.string().min(1).max(64), z.string().min(1).max(512))
  .refine((identifiers) => Object.keys(identifiers).length <= 20, 'at most 20 identifiers');
export type Identifiers = z.infer<typeof identifiersSchema>;
