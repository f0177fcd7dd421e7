import { HubError } from '../system/hub.js';
import { DemoKiosk } from './kiosk.js';
import { newWalkers, type Walker } from './walker.js';
import { callCentre, comesTrue, visitShop, type WalkTools } from './walk.js';

/** How many of the crowd came how far, channel by channel. */
export interface Walked {
  walkers: number;
  /** Were shown something in the shop. */
  shown: number;
  /** Had coffee in the cart, and a mail about it. */
  carts: number;
  mails: number;
  /** Had a text about the camera. */
  texts: number;
  calls: number;
  /** Agreed on the camera on the phone, and took it at the kiosk. */
  agreed: number;
  collected: number;
  seconds: number;
}

const WALKERS = 24;
const ARRIVES_WITHIN = 60_000;
const HOUR = '61m';

/** Plays a small crowd through shop, mail, text, phone and kiosk. Undefined where there is no sandbox that moves time. */
export async function playChannels(tools: WalkTools): Promise<Walked | undefined> {
  if (!(await timeMoves(tools))) return undefined;
  const { hub, progress, signal } = tools;
  const began = performance.now();
  const walkers = await newWalkers(hub, WALKERS);
  let shown = 0;
  await each('Shop: a camera is looked at', walkers, tools, async (walker, index) => {
    if (await visitShop(hub, walker, index)) shown += 1;
  });
  progress.say('  … an hour passes');
  await comesTrue(async () => (await waiting(tools, walkers)) >= walkers.length, ARRIVES_WITHIN, signal);
  await tools.admin.post('/v1/clock/forward', { by: HOUR });
  const carts = walkers.filter((_, index) => index % 2 === 0);
  const mails = await arrived('Mail: about the cart', carts, tools, ({ email }) => mailsTo(tools, email));
  const texts = await arrived('Text: the camera is kept', walkers, tools, ({ phone }) =>
    textsTo(tools, phone),
  );
  const callers = walkers.filter((_, index) => index % 3 !== 0);
  const agreed: Walker[] = [];
  await each('Phone: an agent already knows', callers, tools, async (walker) => {
    if ((await callCentre(hub, walker)) === 'camera-kept') agreed.push(walker);
  });
  const collected = await collect(agreed, tools);
  return {
    ...{ walkers: walkers.length, shown, carts: carts.length, mails, texts },
    ...{ calls: callers.length, agreed: agreed.length, collected },
    seconds: (performance.now() - began) / 1000,
  };
}

async function collect(agreed: readonly Walker[], tools: WalkTools): Promise<number> {
  const kiosk = await DemoKiosk.pair(tools);
  let collected = 0;
  try {
    await each('Kiosk: it is picked up', agreed, tools, async (walker) => {
      if ((await kiosk.collect(walker)) === 'camera-pickup') collected += 1;
    });
  } finally {
    await kiosk.close();
  }
  return collected;
}

async function timeMoves({ hub }: WalkTools): Promise<boolean> {
  try {
    return (await hub.get<{ movable: boolean }>('/sandbox/api/clock')).movable;
  } catch (error) {
    if (error instanceof HubError) return false;
    throw error;
  }
}

/** One after the other, for everybody to see. */
function each(
  label: string,
  walkers: readonly Walker[],
  { progress }: WalkTools,
  step: (walker: Walker, index: number) => Promise<void>,
): Promise<void> {
  return progress.follow(label, walkers.length, async (advance) => {
    for (const [index, walker] of walkers.entries()) {
      await step(walker, index);
      advance(index + 1, walker.name);
    }
  });
}

/** @returns how many got something in time */
function arrived(
  label: string,
  walkers: readonly Walker[],
  { progress, signal }: WalkTools,
  countFor: (walker: Walker) => Promise<number>,
): Promise<number> {
  return progress.follow(label, walkers.length, async (advance) => {
    let count = 0;
    await comesTrue(
      async () => {
        const counts = await Promise.all(walkers.map(countFor));
        count = counts.filter((one) => one > 0).length;
        advance(count);
        return count === walkers.length;
      },
      ARRIVES_WITHIN,
      signal,
    );
    return count;
  });
}

async function mailsTo({ hub }: WalkTools, email: string): Promise<number> {
  return (await hub.get<{ total: number }>(`/sandbox/api/messages?to=${encodeURIComponent(email)}`)).total;
}

async function textsTo({ hub }: WalkTools, phone: string): Promise<number> {
  const path = `/sandbox/api/phones/${encodeURIComponent(phone)}`;
  return (await hub.get<{ texts: unknown[] }>(path)).texts.length;
}

/** How many have been taken in: their wait has begun. */
async function waiting({ hub }: WalkTools, walkers: readonly Walker[]): Promise<number> {
  const known = await Promise.all(
    walkers.map(async ({ userId }) => {
      const path = `/v1/profiles/${encodeURIComponent(`user_id:${userId}`)}/timeline?limit=5`;
      const page = await hub
        .get<{ items: { data: { name?: string | null } }[] }>(path)
        .catch(() => ({ items: [] }));
      return page.items.some(({ data }) => data.name === 'Product Viewed');
    }),
  );
  return known.filter(Boolean).length;
}
