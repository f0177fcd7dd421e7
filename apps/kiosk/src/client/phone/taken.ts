import type { KioskContent, KioskOffer } from '@repartee/kiosk-client';

export interface CarriedOffer {
  offer: string;
  content: KioskContent;
  token: string;
  validUntil: string;
  accepted: boolean;
}

/** What the phone took over from a kiosk. */
export interface Taken {
  token: string;
  anonymousId: string;
  zones: string[];
  carried: { dialogueId?: string; offers: CarriedOffer[] } | null;
  now: string;
}

const KEY = 'repartee-continue';

/**
 * Takes the visit over with the code behind the `#`, once. Kept in this tab until it is closed, so that a reload finds
 * it again; the code leaves the address, so that nobody passes it on.
 */
export async function takeOver(): Promise<Taken> {
  const code = location.hash.slice(1);
  if (code === '') {
    const kept = sessionStorage.getItem(KEY);
    if (kept === null) throw new Error('there is no code');
    return JSON.parse(kept) as Taken;
  }
  history.replaceState(null, '', location.pathname);
  const taken = await post<Taken>('/v1/kiosk/continue', { code });
  sessionStorage.setItem(KEY, JSON.stringify(taken));
  return taken;
}

/** What else there is for the visitor now. */
export async function moreOffers({ token, anonymousId, zones, carried }: Taken, locale: string) {
  const body = {
    ...{
      identifiers: { anonymousId },
      channel: 'kiosk',
      zones: zones.slice(0, 20).map((zone) => ({ zone, count: 3 })),
    },
    ...(carried?.dialogueId !== undefined && { dialogueId: carried.dialogueId }),
    locale,
  };
  const answer = await post<{ zones: { offers: KioskOffer[] }[] }>('/v1/decisions', body, token);
  const brought = new Set(carried?.offers.map(({ offer }) => offer));
  return answer.zones.flatMap(({ offers }) => offers).filter(({ offer }) => !brought.has(offer));
}

export async function accept(taken: Taken, token: string): Promise<void> {
  const response = { responseId: crypto.randomUUID(), token, type: 'accept' };
  await post('/v1/responses', response, taken.token);
}

/** Notes that an offer was accepted, so that a reload shows it so. */
export function keepAccepted(taken: Taken, token: string): Taken {
  const offers =
    taken.carried?.offers.map((one) => (one.token === token ? { ...one, accepted: true } : one)) ?? [];
  const next = { ...taken, carried: { ...taken.carried, offers } };
  sessionStorage.setItem(KEY, JSON.stringify(next));
  return next;
}

async function post<T>(path: string, body: unknown, bearer?: string): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the hub answered ${response.status}`);
  return (await response.json()) as T;
}
