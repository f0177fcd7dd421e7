import { eventually } from './eventually.js';

interface Visit {
  id: string;
  anonymousId: string;
  token: string;
  known: boolean;
}

interface Offer {
  offer: string;
  token: string;
  content: { headline: string };
}

/** A kiosk as its page uses the hub, and the person in front of it. */
export class VisitorOfKiosk {
  private visit: Visit | undefined;

  private constructor(
    private readonly url: string,
    private readonly credential: string,
  ) {}

  /** A new kiosk that shows its code to `letIn`. */
  static async pair(url: string, letIn: (code: string) => Promise<void>): Promise<VisitorOfKiosk> {
    const asked = await call<{ code: string; pollToken: string }>(url, '/v1/devices/pairings', {});
    await letIn(asked.code);
    const credential = await eventually('the kiosk to be let in', async () => {
      const polled = await call<{ credential?: string }>(url, '/v1/devices/pairings/poll', {
        key: asked.pollToken,
      });
      return polled.credential;
    });
    return new VisitorOfKiosk(url, credential);
  }

  /** Types a phone number, and the code that comes to it. */
  async sayWho(phone: string, readCode: () => Promise<string>): Promise<void> {
    const path = '/v1/devices/me/visits';
    const begun = await this.ask<Visit>(path, { by: 'phone', phone });
    const code = await readCode();
    this.visit = { ...begun, ...(await this.ask<Visit>(`${path}/${begun.id}/proof`, { phone, code })) };
  }

  async offers(): Promise<Offer[]> {
    const { anonymousId, token } = this.visitNow();
    const body = {
      identifiers: { anonymousId },
      channel: 'kiosk',
      zones: [{ zone: 'kiosk.main', count: 3 }],
    };
    const { zones } = await call<{ zones: { offers: Offer[] }[] }>(this.url, '/v1/decisions', {
      key: token,
      body,
    });
    return zones[0]?.offers ?? [];
  }

  async accept(offer: Offer): Promise<void> {
    await call(this.url, '/v1/responses', {
      key: this.visitNow().token,
      body: { responseId: `kiosk-${offer.offer}`, token: offer.token, type: 'accept' },
    });
  }

  private visitNow(): Visit {
    if (!this.visit) throw new Error('nobody has said who they are');
    return this.visit;
  }

  private ask<T>(path: string, body: object): Promise<T> {
    return call(this.url, path, { key: this.credential, body });
  }
}

async function call<T>(
  url: string,
  path: string,
  { key, body }: { key?: string; body?: object },
): Promise<T> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
  return (await response.json().catch(() => ({}))) as T;
}
