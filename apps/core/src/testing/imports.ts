import type { Call } from './call.js';

/** An import as far as tests look at it. */
export interface ImportView {
  id: string;
  state: string;
  reason: string | null;
  reasonLine: number | null;
  rows: { read: number; accepted: number; rejected: number };
  events: { written: number; known: number };
  bytes: { total: number; read: number };
  rowsPerSecond: number | null;
  resumable: boolean;
}

/** The query of an upload. */
export function uploadQuery(parameters: Record<string, unknown>): string {
  return new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  ).toString();
}

const PATIENCE = 60_000;

/** Waits until an import is over, however slow the machine is; fails after a minute. */
export async function ended(call: Call, id: string): Promise<ImportView> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const { body } = await call<ImportView>(`GET /v1/imports/${id}`, { key: 'admin' });
    if (body.state !== 'queued' && body.state !== 'running') return body;
    if (performance.now() > deadline) throw new Error(`the import does not end: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Imports a file, and waits until that is over. Fails when it is not accepted. */
export async function imported(
  call: Call,
  file: string | Uint8Array,
  parameters: Record<string, unknown>,
): Promise<ImportView> {
  const answer = await call<ImportView>(`/v1/imports?${uploadQuery(parameters)}`, {
    key: 'admin',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
  });
  if (answer.status !== 202) throw new Error(answer.text);
  return ended(call, answer.body.id);
}
