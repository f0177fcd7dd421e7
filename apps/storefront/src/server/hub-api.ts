/** A golden record as far as the shop shows it. */
export interface HubProfile {
  id: string;
  version: number;
  identifiers: { namespace: string; value: string; verified: boolean }[];
  traits: Record<string, unknown>;
  consents: Record<string, { status: string }>;
  segments: string[];
  computed: Record<string, unknown>;
}

/** Something of a person's timeline. */
export interface HubEntry {
  id: string;
  /** ISO 8601. */
  at: string;
  kind: string;
  data: Record<string, unknown>;
}

/** The hub refused or did not answer. */
export class HubAway extends Error {
  override readonly name = 'HubAway';
}

const PATIENCE = 5_000;
/** The hub's time is asked for at most this often. */
const CLOCK_KEPT = 1_000;

/** The hub's API as the shop's server calls it, with its own key. */
export class HubApi {
  private ahead = 0;
  private askedAt = -Infinity;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** By id or `namespace:value`; undefined when there is none. */
  profile(reference: string): Promise<HubProfile | undefined> {
    return this.find(`/v1/profiles/${encodeURIComponent(reference)}`);
  }

  /** Newest first. */
  async timeline(reference: string, limit: number): Promise<HubEntry[]> {
    const path = `/v1/profiles/${encodeURIComponent(reference)}/timeline?limit=${limit}`;
    const page = await this.find<{ items: HubEntry[] }>(path);
    return page?.items ?? [];
  }

  async setConsents(profileId: string, consents: readonly object[]): Promise<void> {
    await this.send('PUT', `/v1/profiles/${encodeURIComponent(profileId)}/consents`, { consents });
  }

  /** Business time in milliseconds, which a sandbox moves; the system's while the hub is away. */
  async now(): Promise<number> {
    if (performance.now() - this.askedAt > CLOCK_KEPT) {
      this.askedAt = performance.now();
      const time = await this.find<{ ahead: number }>('/v1/clock').catch(() => undefined);
      this.ahead = time?.ahead ?? this.ahead;
    }
    return Date.now() + this.ahead;
  }

  /** What happens at the hub, as server-sent events, until `signal` ends it. */
  async stream(topics: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const answer = await fetch(`${this.url}/v1/stream?topics=${topics}`, {
      headers: { authorization: `Bearer ${this.key}` },
      signal,
    });
    if (!answer.ok || !answer.body) throw new HubAway(`The hub answered ${answer.status}.`);
    return answer.body;
  }

  private async find<T>(path: string): Promise<T | undefined> {
    const answer = await this.send('GET', path);
    return answer.status === 404 ? undefined : ((await answer.json()) as T);
  }

  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new HubAway('The hub does not answer.');
    });
    if (!answer.ok && answer.status !== 404) throw new HubAway(`The hub answered ${answer.status}.`);
    return answer;
  }
}
