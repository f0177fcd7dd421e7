import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { ListRules } from './mail-files.js';

const absolute = z.string().refine(isAbsolute, 'must be an absolute path');

/** Settings of the connector; each is read from `DIRECT_MAIL_FILE_…`. */
export const directMailSettings = z.object({
  folder: absolute.meta({ description: 'Where lists are written', examples: ['/var/lib/mailings'] }),
  closeAfter: z
    .number()
    .min(0)
    .default(60)
    .describe('Minutes after its first row until a list is closed and written'),
  suppression: absolute.describe('A file of addresses nobody may write to, one a line').optional(),
  seeds: absolute
    .describe('A JSON file of rows that every list gets, as [{"name": "Control", "street": "…"}], by column')
    .optional(),
});
export type DirectMailSettings = z.infer<typeof directMailSettings>;

const seedsSchema = z.array(z.record(z.string(), z.string()));

/**
 * Reads who is taken out of a list and who is put in. Both files are read each time a list is closed.
 * @throws when a file that is named cannot be read
 */
export async function readRules({ suppression, seeds }: DirectMailSettings): Promise<ListRules> {
  const lines = suppression === undefined ? '' : await readFile(suppression, 'utf8');
  const planted = seeds === undefined ? [] : seedsSchema.parse(JSON.parse(await readFile(seeds, 'utf8')));
  return { seeds: planted, suppressed: lines.split(/\r?\n/).filter((line) => line.trim() !== '') };
}
