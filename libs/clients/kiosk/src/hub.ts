import { KioskError } from './kiosk-error.js';
import type { Surroundings } from './surroundings.js';

const TIMEOUT_MS = 8_000;

export interface HubRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  /** Device credential or session token. */
  bearer?: string;
}

/** Speaks HTTP with the hub; every failure becomes a {@link KioskError}. */
export class Hub {
  constructor(
    private readonly host: string,
    private readonly surroundings: Pick<Surroundings, 'fetch'>,
    private readonly onReach: (reached: boolean) => void,
  ) {}

  async call<T>({ method = 'POST', path, body, bearer }: HubRequest): Promise<T> {
    const response = await this.surroundings
      .fetch(this.host + path, {
        method,
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        cache: 'no-store',
        credentials: 'omit',
      })
      .catch(() => undefined);
    // A proxy in front of a hub that is down answers in its stead.
    this.onReach(response !== undefined && ![502, 503, 504].includes(response.status));
    if (!response) throw new KioskError('The hub cannot be reached', 0);
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.ok) return answer as T;
    const { detail, title, code } = answer as { detail?: string; title?: string; code?: string };
    throw new KioskError(
      detail ?? title ?? `The hub answered ${response.status}`,
      response.status,
      code,
      answer,
    );
  }
}
