/** What the system says when it refuses. */
export class HubError extends Error {
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    what: string,
  ) {
    super(what);
  }
}

/** The parts of the API's answers that the demo looks at. */
export interface ProfileAnswer {
  id: string;
  version: number;
  computed: { orders_count: number; orders_total: number; orders_currency: string | null };
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const TIMEOUT_MS = 30_000;
/** Overload passes: the demo waits as long as it is asked to, this many times. */
const PATIENCE = 20;

/** The API of a running system. */
export class Hub {
  constructor(
    readonly url: string,
    private readonly key: string,
    private readonly signal: AbortSignal,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.call('GET', path);
  }

  post<T>(path: string, body: object | string): Promise<T> {
    return this.call('POST', path, body);
  }

  put<T>(path: string): Promise<T> {
    return this.call('PUT', path);
  }

  delete(path: string): Promise<void> {
    return this.call('DELETE', path);
  }

  private async call<T>(method: string, path: string, body?: object | string): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.ask(method, path, body);
      const text = await response.text();
      if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
      const busy = response.status === 503 || response.status === 429;
      if (!busy || attempt === PATIENCE) throw refusal(method, path, response.status, text);
      const seconds = Number(response.headers.get('retry-after') ?? 1);
      await pause(Math.min(Number.isFinite(seconds) ? seconds : 1, 10) * 1000, this.signal);
    }
  }

  private ask(method: string, path: string, body?: object | string): Promise<Response> {
    const yaml = typeof body === 'string';
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': yaml ? 'application/yaml' : 'application/json' }),
      },
      ...(body !== undefined && { body: yaml ? body : JSON.stringify(body) }),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  }
}

function refusal(method: string, path: string, status: number, text: string): HubError {
  let problem: { code?: string; detail?: string } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    problem = { detail: text.slice(0, 200) };
  }
  const what = `${method} ${path} answered ${status}: ${[problem.code, problem.detail].filter(Boolean).join(' ')}`;
  return new HubError(status, problem.code, what);
}

/** Waits; rejects when the demo is stopped. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stopped = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stopped);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stopped, { once: true });
  });
}
