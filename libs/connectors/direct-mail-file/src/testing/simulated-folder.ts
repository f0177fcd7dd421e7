import type { SimulatedProvider } from '@repartee/connector-test-kit';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredRow } from '../row-store.js';

/** A folder as the printer sees it: what was taken is every row in it. */
export function simulatedFolder(): Promise<SimulatedProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'direct-mail-'));
  const rowsIn = (name: string) => {
    const place = join(folder, 'rows', name);
    try {
      return readdirSync(place).map(
        (file) => JSON.parse(readFileSync(join(place, file), 'utf8')) as StoredRow,
      );
    } catch {
      return [];
    }
  };
  return Promise.resolve({
    settings: { folder },
    next: () => undefined,
    nextQuery: () => undefined,
    taken: () => [...rowsIn('waiting'), ...rowsIn('done')].map(({ address }) => ({ to: address })),
    busy: () => Promise.resolve(),
    stop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  });
}
