import type { Progress } from '../report/progress.js';
import { type Hub, pause } from '../system/hub.js';
import type { Walker } from './walker.js';

/** What the walk uses: the hub as a server and as an administrator, and where its pages are. */
export interface WalkTools {
  hub: Hub;
  admin: Hub;
  progress: Progress;
  signal: AbortSignal;
}

export interface DecidedOffer {
  offer: string;
  token: string;
}

interface Decided {
  zones: { offers: DecidedOffer[] }[];
}

const CAMERA = { product_id: 'field-35', name: 'Field 35', category: 'cameras', price: 348, currency: 'USD' };
const COFFEE = { product_id: 'ridge', name: 'Ridge', category: 'coffee', price: 18.5, quantity: 1 };
const LOOK_EVERY = 250;

/** What a zone holds for somebody. */
export async function offersOf(hub: Hub, question: object): Promise<DecidedOffer[]> {
  const { zones } = await hub.post<Decided>('/v1/decisions', question);
  return zones[0]?.offers ?? [];
}

/** Looks at a camera, and every second one puts coffee into the cart. @returns whether the hub had something to show */
export async function visitShop(hub: Hub, walker: Walker, index: number): Promise<boolean> {
  const { userId, name, email, phone } = walker;
  await hub.post('/v1/identify', { userId, traits: { name, email, phone } });
  await hub.post('/v1/track', { userId, event: 'Product Viewed', properties: CAMERA });
  if (index % 2 === 0) await hub.post('/v1/track', { userId, event: 'Product Added', properties: COFFEE });
  const shown = await offersOf(hub, {
    identifiers: { userId },
    channel: 'web',
    zones: [{ zone: 'home.hero' }],
  });
  return shown.length > 0;
}

/** Calls, is verified, hears what is proposed, and says yes. @returns the offer that was agreed on */
export async function callCentre(hub: Hub, walker: Walker): Promise<string | undefined> {
  const callId = `demo-${walker.userId}`;
  const report = (event: string) =>
    hub.post<{ id: string }>('/v1/calls', { callId, event, number: walker.phone, queue: 'sales' });
  const { id } = await report('started');
  await report('answered');
  const { id: profileId } = await hub.get<{ id: string }>(
    `/v1/profiles/${encodeURIComponent(`user_id:${walker.userId}`)}`,
  );
  await hub.post(`/v1/calls/${id}/identity`, { profileId, verified: 'full', method: 'demo' });
  const [best] = await offersOf(hub, {
    identifiers: {},
    callId: id,
    channel: 'call_center',
    zones: [{ zone: 'agent.main', count: 3 }],
  });
  await hub.post(`/v1/calls/${id}/outcome`, {
    code: best ? 'sold' : 'handled',
    ...(best && { token: best.token }),
  });
  await report('ended');
  return best?.offer;
}

/** Asks until something is so, or `within` is over. @returns whether it came to be */
export async function comesTrue(
  ask: () => Promise<boolean>,
  within: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + within;
  while (!(await ask())) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_EVERY, signal);
  }
  return true;
}
