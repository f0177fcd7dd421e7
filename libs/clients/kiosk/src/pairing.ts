import type { Hub } from './hub.js';
import { KioskError } from './kiosk-error.js';
import type { SealedStore } from './sealed-store.js';

/** What the hub knows of this kiosk. */
export interface KioskDevice {
  id: string;
  name: string;
  place: string;
  zones: string[];
  idleSeconds: number;
  /** Whether visitors can prove their number by a code. */
  phoneCodes: boolean;
}

/** A kiosk that is to be let in. */
export interface Unpaired {
  readonly hub: Hub;
  /** Keeps the open pairing. */
  readonly store: SealedStore;
  accept(credential: string): Promise<void>;
}

interface Asked {
  code: string;
  pollToken: string;
  expiresAt: string;
  pollSeconds: number;
}
type Polled = { status: 'pending' } | { status: 'approved'; credential: string };

const AGAIN_MS = 5_000;
/** The name under which the open pairing is kept. */
const ASKED = 'asked';

/**
 * Asks to be let in until somebody types the code; a code that ran out is replaced by a new one. A kiosk that starts again
 * meanwhile shows the code it showed before.
 * @param onCode a new code to show
 */
export async function pair(
  kiosk: Unpaired,
  onCode: (code: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { hub, store } = kiosk;
  while (!signal.aborted) {
    try {
      const asked = (await store.read<Asked>(ASKED)) ?? (await ask(kiosk));
      onCode(asked.code);
      const credential = await poll(hub, asked, signal);
      if (credential === undefined && signal.aborted) break;
      if (credential !== undefined) await kiosk.accept(credential);
      await store.remove(ASKED);
      if (credential !== undefined) return;
    } catch (error) {
      if (!(error instanceof KioskError)) throw error;
      await pause(AGAIN_MS, signal);
    }
  }
  throw new KioskError('Nobody waits for a code any more', 0, 'KIOSK.ABORTED');
}

async function ask({ hub, store }: Unpaired): Promise<Asked> {
  const asked = await hub.call<Asked>({ path: '/v1/devices/pairings' });
  await store.write(ASKED, asked);
  return asked;
}

/** @returns undefined when the code ran out */
async function poll(hub: Hub, asked: Asked, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    await pause(asked.pollSeconds * 1000, signal);
    try {
      const polled = await hub.call<Polled>({ path: '/v1/devices/pairings/poll', bearer: asked.pollToken });
      if (polled.status === 'approved') return polled.credential;
    } catch (error) {
      if (!(error instanceof KioskError) || !error.passing) return undefined;
    }
  }
  return undefined;
}

export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
