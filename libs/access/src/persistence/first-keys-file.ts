import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

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
export async function writeKeptKeys(path: string, keys: KeptKeys): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(4).toString('hex')}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(`${JSON.stringify(keys, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
