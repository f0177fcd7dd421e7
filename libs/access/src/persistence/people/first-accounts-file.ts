import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ROLES } from '../../domain/index.js';
import { writeSecretFile } from '../secret-file.js';

const fileSchema = z.object({
  accounts: z.array(
    z.object({ email: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)), password: z.string() }),
  ),
});

/** An account of the demo, with the password it began with. */
export type DemoAccount = z.infer<typeof fileSchema>['accounts'][number];

/** Reads the file; undefined when there is none, or it is not what we wrote. */
export async function readDemoAccounts(path: string): Promise<DemoAccount[] | undefined> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).accounts;
  } catch {
    return undefined;
  }
}

export function writeDemoAccounts(path: string, accounts: readonly DemoAccount[]): Promise<void> {
  return writeSecretFile(path, { accounts });
}
