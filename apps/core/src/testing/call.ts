import type { FirstKeys } from '@repartee/access';

export interface CallOptions {
  /** Which of the first keys to show, or another credential; the server key unless given, null for none. */
  key?: keyof FirstKeys | { bearer: string } | null;
  /** Sent as JSON unless it is text, bytes or a form. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  text: string;
  /** The answer's JSON; an empty object where it is none. */
  body: T;
}

/** A problem document (RFC 9457) as far as tests look at it; answers of every other shape are named at the call. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors: { pointer: string; detail: string; line?: number; column?: number }[];
  [member: string]: unknown;
}

/** Calls the API: `/v1/track` is a POST, other methods are said as in `GET /v1/keys`. */
export type Call = <T = Problem>(route: string, options?: CallOptions) => Promise<Answer<T>>;

export function caller(url: string, keys: FirstKeys): Call {
  return async <T>(route: string, { key = 'server', body, headers = {} }: CallOptions = {}) => {
    const [method = 'POST', path = ''] = route.includes(' ') ? route.split(' ') : ['POST', route];
    const raw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...authorization(key, keys),
        ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) as T };
  };
}

function authorization(key: NonNullable<CallOptions['key']> | null, keys: FirstKeys): Record<string, string> {
  if (key === null) return {};
  if (typeof key === 'object') return { authorization: `Bearer ${key.bearer}` };
  if (key === 'write') return { authorization: `Basic ${Buffer.from(`${keys.write}:`).toString('base64')}` };
  return { authorization: `Bearer ${keys[key]}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}
