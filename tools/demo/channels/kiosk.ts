import { Hub, pause } from '../system/hub.js';
import type { Walker } from './walker.js';
import { comesTrue, type DecidedOffer, offersOf, type WalkTools } from './walk.js';

interface Visit {
  id: string;
  anonymousId: string;
  token: string;
}

const POLL_MS = 300;
const CODE_WITHIN = 15_000;
const PATH = '/v1/devices/me/visits';

/** A kiosk that was let in, for the time of the demonstration. */
export class DemoKiosk {
  private constructor(
    private readonly device: Hub,
    private readonly tools: WalkTools,
    private readonly id: string,
  ) {}

  static async pair(tools: WalkTools): Promise<DemoKiosk> {
    const { hub, admin, signal } = tools;
    const asked = await hub.post<{ code: string; pollToken: string }>('/v1/devices/pairings', {});
    const { id } = await admin.post<{ id: string }>(`/v1/devices/pairings/${asked.code}/approve`, {
      name: 'Demo',
      place: 'The demonstration',
      zones: ['kiosk.main'],
      idleSeconds: 90,
    });
    const waiting = new Hub(hub.url, asked.pollToken, signal);
    for (;;) {
      const { credential } = await waiting.post<{ credential?: string }>('/v1/devices/pairings/poll', {});
      if (credential !== undefined) return new DemoKiosk(new Hub(hub.url, credential, signal), tools, id);
      await pause(POLL_MS, signal);
    }
  }

  /** Proves a number by the code that comes to it, and takes what is ready. @returns the offer that was taken */
  async collect({ phone }: Walker): Promise<string | undefined> {
    const { hub, signal } = this.tools;
    const begun = await this.device.post<Visit>(PATH, { by: 'phone', phone });
    const code = await this.codeOn(phone);
    if (code === undefined) return undefined;
    const { token = begun.token } = await this.device.post<Partial<Visit>>(`${PATH}/${begun.id}/proof`, {
      phone,
      code,
    });
    const visitor = new Hub(hub.url, token, signal);
    const [best] = await offersOf(visitor, {
      identifiers: { anonymousId: begun.anonymousId },
      channel: 'kiosk',
      zones: [{ zone: 'kiosk.main' }],
    });
    if (best) await accept(visitor, best);
    return best?.offer;
  }

  /** The device is let out again. */
  async close(): Promise<void> {
    await this.tools.admin.delete(`/v1/devices/${this.id}`);
  }

  private async codeOn(phone: string): Promise<string | undefined> {
    const { hub, signal } = this.tools;
    let code: string | undefined;
    await comesTrue(
      async () => {
        const path = `/sandbox/api/phones/${encodeURIComponent(phone)}`;
        const { texts } = await hub.get<{ texts: { text: string }[] }>(path);
        code = texts.flatMap(({ text }) => /code for the kiosk is (\d{6})/.exec(text)?.[1] ?? []).at(-1);
        return code !== undefined;
      },
      CODE_WITHIN,
      signal,
    );
    return code;
  }
}

function accept(visitor: Hub, { offer, token }: DecidedOffer): Promise<unknown> {
  return visitor.post('/v1/responses', {
    responseId: `demo-kiosk-${offer}-${token.slice(-12)}`,
    token,
    type: 'accept',
  });
}
