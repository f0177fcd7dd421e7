import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeSecretFile } from './secret-file.js';

const fileSchema = z.object({
  write: z.string().min(8).optional(),
  admin: z.string().min(8).optional(),
  server: z.string().min(8).optional(),
  signingSecret: z.string().min(32).optional(),
});

/** The keys that were made for this installation, kept so that every start can print them. */
export type KeptKeys = z.infer<typeof fileSchema>;

/** Reads the file; `{}` when there is none, `null` when it is not what we wrote. */
export async function readKeptKeys(path: string): Promise<KeptKeys | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Replaces the file in one step; only its owner may read it. */
export function writeKeptKeys(path: string, keys: KeptKeys): Promise<void> {
  return writeSecretFile(path, keys);
}
