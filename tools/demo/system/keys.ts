import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo signs in with: events and reads as a server, the configuration as an administrator. */
export interface DemoKeys {
  server: string;
  admin: string;
}

/** The environment comes before the file that the system keeps in its data folder. */
export async function readKeys(
  dataDir: string,
  env: Record<string, string | undefined>,
): Promise<DemoKeys | undefined> {
  const kept = await keptKeys(join(dataDir, 'keys.json'));
  const admin = env['REPARTEE_API_KEY'] || kept.admin;
  if (admin === undefined) return undefined;
  return { admin, server: env['REPARTEE_SERVER_KEY'] || kept.server || admin };
}

async function keptKeys(path: string): Promise<Partial<DemoKeys>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Partial<DemoKeys>;
  } catch {
    return {};
  }
}
