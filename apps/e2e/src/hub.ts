/** The parts of an answer that the stories look at. */
export interface LoggedEvent {
  type: string;
  name: string | null;
  source: string;
  messageId: string;
  payload: Record<string, unknown> & { anonymousId?: string; userId?: string };
}

export interface Profile {
  id: string;
  identifiers: { namespace: string; value: string; verified: boolean }[];
  traits: Record<string, unknown>;
  consents: Record<string, { status: string }>;
  computed: Record<string, unknown>;
}

export interface TimelineEntry {
  id: string;
  at: string;
  kind: string;
  data: Record<string, unknown> & { name?: string | null; type?: string };
}

export interface Delivery {
  id: string;
  channel: string;
  status: string;
  reason: string | null;
  origin: string;
}

/** The hub's API as an administrator's program calls it. */
export class Hub {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** The newest events of a source, oldest first. */
  async events(source: string): Promise<LoggedEvent[]> {
    const { items } = await this.get<{ items: LoggedEvent[] }>(
      `/v1/events?source=${encodeURIComponent(source)}&limit=500`,
    );
    return items.reverse();
  }

  /** By id or `namespace:value`; undefined when there is none. */
  async profile(reference: string): Promise<Profile | undefined> {
    const response = await this.call('GET', `/v1/profiles/${encodeURIComponent(reference)}`);
    if (response.status === 404) return undefined;
    return (await expectOk(response)).json() as Promise<Profile>;
  }

  /** Newest first. */
  async timeline(reference: string): Promise<TimelineEntry[]> {
    const path = `/v1/profiles/${encodeURIComponent(reference)}/timeline?limit=200`;
    return (await this.get<{ items: TimelineEntry[] }>(path)).items;
  }

  async deliveries(profileId: string): Promise<Delivery[]> {
    return (await this.get<{ items: Delivery[] }>(`/v1/deliveries?profile=${profileId}`)).items;
  }

  delivery(id: string): Promise<Delivery> {
    return this.get(`/v1/deliveries/${id}`);
  }

  get<T>(path: string): Promise<T> {
    return this.call('GET', path)
      .then(expectOk)
      .then((response) => response.json() as Promise<T>);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.call('PUT', path, JSON.stringify(body), { 'content-type': 'application/json' })
      .then(expectOk)
      .then((response) => response.json() as Promise<T>);
  }

  /** Replaces what is there by what is made of it, on the version that was read. */
  async change<T>(path: string, how: (now: T) => T): Promise<void> {
    const read = await expectOk(await this.call('GET', path));
    const headers = { 'content-type': 'application/json', 'if-match': read.headers.get('etag') ?? '' };
    const next = how((await read.json()) as T);
    await expectOk(await this.call('PUT', path, JSON.stringify(next), headers));
  }

  post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.call('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
      .then(expectOk)
      .then((response) => response.json() as Promise<T>);
  }

  async remove(path: string): Promise<void> {
    await expectOk(await this.call('DELETE', path));
  }

  /** Puts a whole configuration in force; YAML. */
  async apply(document: string): Promise<void> {
    await expectOk(await this.call('POST', '/v1/apply', document, { 'content-type': 'application/yaml' }));
  }

  private call(
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }
}

async function expectOk(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.status} ${response.url}: ${await response.text()}`);
}
