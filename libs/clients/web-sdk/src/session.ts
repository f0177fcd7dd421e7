import { basic } from './hub-client.js';
import type { HubClient } from './hub-client.js';
import { ReparteeError } from './repartee-error.js';
import type { Surroundings } from './surroundings.js';

interface OpenSession {
  token: string;
  /** Milliseconds since the epoch. */
  renewAt: number;
}

interface SessionAnswer {
  token: string;
  expiresAt: string | number;
  /** The hub's time. */
  now?: string;
}

/** Renewed this long before it ends, so that no request carries a token that dies on the way. */
const MARGIN_MS = 30_000;

/** The session token that decisions and responses need; one at a time, opened when first wanted. */
export class Session {
  private opening: Promise<OpenSession> | undefined;

  constructor(
    private readonly writeKey: string,
    private readonly anonymousId: () => string,
    private readonly userToken: () => Promise<string | undefined>,
    private readonly hub: HubClient,
    private readonly surroundings: Surroundings,
    private readonly mayOpen: () => void,
  ) {}

  private ahead = 0;

  /** The time of the hub, as well as it is known: clocks of devices are often wrong. Milliseconds since the epoch. */
  hubTime(): number {
    return this.surroundings.now() + this.ahead;
  }

  /** @param at ISO 8601, as the hub has just said it */
  setTime(at: unknown): void {
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    if (Number.isFinite(time)) this.ahead = time - this.surroundings.now();
  }

  /** The next request opens a new one. */
  drop(): void {
    this.opening = undefined;
  }

  /** Runs a request with the token; once more with a new one when the hub no longer knows it. */
  async with<T>(request: (authorization: string) => Promise<T>): Promise<T> {
    this.mayOpen();
    const { token } = await this.current();
    try {
      return await request(`Bearer ${token}`);
    } catch (error) {
      if (!(error instanceof ReparteeError) || error.status !== 401) throw error;
      // Another request may have renewed it meanwhile.
      if ((await this.current()).token === token) this.drop();
      return request(`Bearer ${(await this.current()).token}`);
    }
  }

  private async current(): Promise<OpenSession> {
    const opening = this.opening ?? this.start();
    const session = await opening;
    if (this.surroundings.now() < session.renewAt) return session;
    return this.opening === opening ? this.start() : (this.opening ?? session);
  }

  private start(): Promise<OpenSession> {
    const opening = this.open();
    this.opening = opening;
    opening.catch(() => {
      if (this.opening === opening) this.drop();
    });
    return opening;
  }

  private async open(): Promise<OpenSession> {
    const userToken = await this.userToken();
    const { token, expiresAt, now } = await this.hub.post<SessionAnswer>({
      path: '/v1/web/session',
      body: { anonymousId: this.anonymousId(), ...(userToken ? { userToken } : {}) },
      authorization: basic(this.writeKey),
    });
    this.setTime(now);
    return { token, renewAt: new Date(expiresAt).getTime() - MARGIN_MS };
  }
}
