import type { Call, CallOptions } from './call.js';

export interface Visible {
  success: boolean;
  visible: boolean;
  profileId: string;
  profileVersion: number;
}

/** Sends events and waits until they show. Fails when they do not. */
export async function visibly(
  call: Call,
  route: string,
  body: unknown,
  options: Pick<CallOptions, 'key'> = {},
): Promise<Visible> {
  const answer = await call<Visible>(route, { ...options, body, headers: { prefer: 'visible, wait=10' } });
  if (answer.status !== 200 || !answer.body.visible)
    throw new Error(`${route} does not show: ${answer.text}`);
  return answer.body;
}

/** Waits until something is so; fails after 25 seconds, less than a test may take, or as many milliseconds as given. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false | null>,
  patience = 25_000,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
