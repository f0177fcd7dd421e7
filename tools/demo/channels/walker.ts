import { type Hub, HubError } from '../system/hub.js';

/** Somebody of the crowd that walks through all channels. */
export interface Walker {
  userId: string;
  name: string;
  email: string;
  /** E.164, of those kept for fiction. */
  phone: string;
}

/** Areas of the United States; in each, 555-0100 to 555-0199 are kept for fiction. */
const AREAS = [
  202, 206, 212, 213, 214, 215, 303, 305, 312, 313, 404, 412, 415, 502, 503, 504, 512, 602, 612, 615,
];
const LINES = 100;
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gia', 'Hal', 'Ivy', 'Jon', 'Kim', 'Leo'];

/** The walker with this number, always the same; a run takes numbers that no earlier run has used. */
export function walkerOf(index: number): Walker {
  const area = AREAS[index % AREAS.length];
  const line = String(LINES + (Math.floor(index / AREAS.length) % LINES)).padStart(4, '0');
  const userId = `demo-walker-${index}`;
  return {
    userId,
    name: `${NAMES[index % NAMES.length]} Walker`,
    email: `${userId}@walkers.example`,
    phone: `+1${area}555${line}`,
  };
}

/** So many walkers whom the hub does not know yet. */
export async function newWalkers(hub: Hub, count: number): Promise<Walker[]> {
  let first = 0;
  while (await isKnown(hub, walkerOf(first))) first += count;
  return Array.from({ length: count }, (_, index) => walkerOf(first + index));
}

async function isKnown(hub: Hub, { userId }: Walker): Promise<boolean> {
  try {
    await hub.get(`/v1/profiles/${encodeURIComponent(`user_id:${userId}`)}`);
    return true;
  } catch (error) {
    if (error instanceof HubError && error.status === 404) return false;
    throw error;
  }
}
