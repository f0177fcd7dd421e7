import { ReparteeError } from './repartee-error.js';
import type { Problem } from './repartee-error.js';
import type { Surroundings } from './surroundings.js';

export interface HubRequest {
  path: string;
  body: unknown;
  authorization: string;
  prefer?: string;
  /** Milliseconds. */
  timeout?: number;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
}

const TIMEOUT_MS = 10_000;

/** Speaks HTTP with the hub; every failure becomes a {@link ReparteeError}. */
export class HubClient {
  private readonly host: string;

  constructor(
    host: string,
    private readonly surroundings: Surroundings,
  ) {
    this.host = host.replace(/\/+$/, '');
  }

  address(path: string): string {
    return this.host + path;
  }

  post<T>({ path, body, authorization, prefer, timeout, keepalive }: HubRequest): Promise<T> {
    return this.call(path, timeout, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization, ...(prefer ? { prefer } : {}) },
      body: JSON.stringify(body),
      keepalive: keepalive ?? false,
    });
  }

  get<T>(path: string, authorization: string): Promise<T> {
    return this.call(path, undefined, { headers: { authorization } });
  }

  private async call<T>(path: string, timeout = TIMEOUT_MS, init: RequestInit): Promise<T> {
    const response = await this.surroundings
      .fetch(this.address(path), {
        ...init,
        signal: AbortSignal.timeout(timeout),
        // Keys and tokens say who calls; the hub's cookies must not.
        credentials: 'omit',
      })
      .catch((error: unknown) => {
        throw new ReparteeError('The hub could not be reached', 0, {}, undefined, error);
      });
    if (!response.ok) throw await failureOf(response);
    return (await response.json().catch(() => ({}))) as T;
  }
}

async function failureOf(response: Response): Promise<ReparteeError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ReparteeError(
    problem.detail ?? problem.title ?? `The hub answered ${response.status}`,
    response.status,
    problem,
    Number.isFinite(seconds) ? seconds * 1000 : undefined,
  );
}

/** The public key as HTTP Basic user name. */
export function basic(writeKey: string): string {
  return `Basic ${btoa(`${writeKey}:`)}`;
}
