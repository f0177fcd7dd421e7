import { z } from 'zod';
import { mappingSchema } from '../../domain/imports/mapping.js';
import { IMPORT_STATES } from '../../persistence/imports/import-job.js';

const MAX_REJECTED = 10_000_000;
const DEFAULT_REJECTED = 100_000;

const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, dots, hyphens or underscores');
const maxRejected = z.coerce.number().int().min(0).max(MAX_REJECTED);
const fileName = z.string().min(1).max(255);

/** How a mapping or a feed is called. */
export const keySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits, dots, hyphens or underscores');

/** `POST /v1/imports` and `…/preview`: the file is the body. */
export const uploadSchema = z.object({
  mapping: z
    .string()
    .max(100_000)
    .optional()
    .describe('The key of a mapping at /v1/import-mappings, or a mapping as JSON'),
  source: sourceName.optional().describe('Whose rows these are; the source of the key unless given'),
  format: z.enum(['csv', 'ndjson']).optional(),
  fileName: fileName.optional(),
  maxRejected: maxRejected
    .default(DEFAULT_REJECTED)
    .describe('With more rejected rows than this the import stops, to be resumed or not'),
});
export type Upload = z.output<typeof uploadSchema>;

export const importIdSchema = z.object({ id: z.uuid() });

export const importListSchema = z.object({
  state: z.enum(IMPORT_STATES).optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const resumeSchema = z.strictObject({ maxRejected: maxRejected.optional() }).default({});

export const rejectsSchema = z.object({
  format: z
    .enum(['json', 'csv', 'ndjson'])
    .default('json')
    .describe('json: a page; csv and ndjson: all of them as a file to put right and send again'),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const count = z.int().min(0);

/** An import as it is told of. */
export const importSchema = z.object({
  id: z.uuid(),
  state: z.enum(IMPORT_STATES),
  reason: z.string().nullable().describe('Why it failed'),
  reasonLine: z.int().nullable(),
  source: z.string(),
  format: z.enum(['csv', 'ndjson']),
  fileName: z.string().nullable(),
  feed: z.string().nullable(),
  digest: z.string().describe('SHA-256 of the file, in hex'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  rows: z.object({ read: count, accepted: count, rejected: count }),
  events: z.object({
    written: count,
    known: count.describe('In the log already, from an earlier import'),
    quarantined: count.describe('Off the tracking plan, which wants them in quarantine'),
  }),
  bytes: z.object({ total: count, read: count }),
  rowsPerSecond: count.nullable(),
  secondsLeft: count.nullable(),
  resumable: z.boolean(),
});
export const importPageSchema = z.object({ items: z.array(importSchema), nextCursor: z.uuid().nullable() });

export const rejectedPageSchema = z.object({
  items: z.array(
    z.object({
      line: z.int().min(1),
      column: z.string().nullable(),
      reason: z.string(),
      raw: z.string().describe('As it came; cut after 64 KiB'),
    }),
  ),
  nextCursor: z.int().nullable(),
});

const event = z.record(z.string(), z.unknown());

/** What a file looks like. */
export const previewSchema = z.object({
  format: z.enum(['csv', 'ndjson']),
  compressed: z.boolean(),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  header: z.boolean().nullable(),
  complete: z.boolean().describe('The whole file was seen, not only its beginning'),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      format: z.string().optional(),
      decimal: z.string().optional(),
      alsoFits: z.array(z.string()).optional(),
      filled: count,
      unlike: count.describe('Values of the sample that are not of the type'),
      examples: z.array(z.string()),
    }),
  ),
  warnings: z.array(z.string()),
  mapping: mappingSchema.describe('As it was given, or else a proposal'),
  mappingFlaw: z.string().nullable().describe('Why the mapping does not fit the file'),
  rows: z.array(
    z.object({
      line: z.int(),
      events: z.array(event).optional(),
      rejected: z.object({ column: z.string().nullable(), reason: z.string() }).optional(),
    }),
  ),
});

export const namedMappingSchema = z.object({
  key: z.string(),
  mapping: mappingSchema,
  updatedAt: z.iso.datetime(),
});
export const mappingPageSchema = z.object({
  items: z.array(namedMappingSchema),
  nextCursor: z.string().nullable(),
});
export const keyParamsSchema = z.object({ key: keySchema });
export const keyListSchema = z.object({
  cursor: keySchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `PUT /v1/import-feeds/{key}` */
export const newFeedSchema = z.strictObject({
  folder: z
    .string()
    .max(500)
    .regex(
      /^(?:[^/\\\p{Cc}.][^/\\\p{Cc}]*)(?:\/[^/\\\p{Cc}.][^/\\\p{Cc}]*)*$/u,
      'must be a folder below REPARTEE_IMPORT_DIR',
    ),
  pattern: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^/\\\p{Cc}]+$/u, 'must be a file name, in which * and ? stand for others')
    .default('*'),
  schedule: z
    .string()
    .max(100)
    .default('every 5 minutes')
    .describe('`every N minutes`, or five fields of cron, in UTC'),
  source: sourceName.optional(),
  mapping: z.union([keySchema, mappingSchema]),
  enabled: z.boolean().default(true),
});
export const feedSchema = z.object({
  key: z.string(),
  folder: z.string(),
  pattern: z.string(),
  schedule: z.string(),
  source: z.string(),
  mapping: mappingSchema,
  enabled: z.boolean(),
  nextLookAt: z.iso.datetime(),
  lastLookAt: z.iso.datetime().nullable(),
  problem: z.string().nullable().describe('What was wrong at the last look'),
});
export const feedPageSchema = z.object({ items: z.array(feedSchema), nextCursor: z.string().nullable() });
