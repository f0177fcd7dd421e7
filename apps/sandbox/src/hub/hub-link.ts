/** Where the hub is, and a key that may administer it; the process that starts both tells. */
export interface HubAddress {
  url: string;
  key: string;
  /** Those of the demonstration. */
  accounts?: Account[];
}

/** Whom the sandbox may sign a browser in as. */
export interface Account {
  email: string;
  password: string;
}

/** The hub refused or did not answer. */
export class HubTrouble extends Error {
  override readonly name = 'HubTrouble';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const PATIENCE = 10_000;
const ABSENT = 'This sandbox was started without a hub. `npm start` starts both.';

/** The way to the hub's API, once there is one. */
export class HubLink {
  private address: HubAddress | undefined;

  get connected(): boolean {
    return this.address !== undefined;
  }

  connect(address: HubAddress): void {
    this.address = address;
  }

  get accounts(): readonly Account[] {
    return this.address?.accounts ?? [];
  }

  /** @throws HubTrouble */
  async signIn({ email, password }: Account, browser: string): Promise<Response> {
    const answer = await fetch(`${this.address?.url ?? ''}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': browser },
      body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new HubTrouble(502, 'SANDBOX.NOT_SIGNED_IN', `The hub answered ${answer.status}.`);
    return answer;
  }

  /** @throws HubTrouble */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { address } = this;
    if (!address) throw new HubTrouble(503, 'SANDBOX.NO_HUB', ABSENT);
    const answer = await fetch(`${address.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${address.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new HubTrouble(502, 'SANDBOX.HUB_AWAY', 'The hub does not answer.');
    });
    if (answer.status === 204) return undefined as T;
    const content = (await answer.json().catch(() => ({}))) as { code?: string; detail?: string };
    if (answer.ok) return content as T;
    const code = content.code ?? 'SANDBOX.HUB_REFUSED';
    throw new HubTrouble(answer.status, code, content.detail ?? `The hub answered ${answer.status}.`);
  }

  /** The same, undefined where there is no such thing. */
  async find<T>(path: string): Promise<T | undefined> {
    try {
      return await this.call<T>('GET', path);
    } catch (error) {
      if (error instanceof HubTrouble && error.status === 404) return undefined;
      throw error;
    }
  }
}
