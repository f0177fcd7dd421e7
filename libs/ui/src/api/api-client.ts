import createClient, { type Client } from 'openapi-fetch';
import { apiErrorOf } from './api-error.js';
import type { paths } from './api-types.generated.js';

/** The hub's API with the types of its OpenAPI document. */
export type ApiClient = Client<paths>;

/** What a signed-in browser shows with each change: a page of another site has the cookie too, but not this. */
export interface CsrfToken {
  current: string | undefined;
}

export interface ApiOptions {
  /** The hub; the page's own origin unless told. */
  baseUrl?: string;
  csrf?: CsrfToken;
  /** Headers of every request, as an API key of a page that no person signs in to. */
  headers?: Readonly<Record<string, string>>;
  /** The session is over. */
  onSignedOut?(): void;
}

const SAFE = ['GET', 'HEAD'];

/** A client by the cookie of the session; every change carries the token against forged requests. */
export function createApi({ baseUrl = '', csrf, headers = {}, onSignedOut }: ApiOptions = {}): ApiClient {
  const client = createClient<paths>({ baseUrl: baseUrl || location.origin, headers });
  client.use({
    onRequest({ request }) {
      if (csrf?.current !== undefined && !SAFE.includes(request.method))
        request.headers.set('x-csrf-token', csrf.current);
      return request;
    },
    onResponse({ response }) {
      if (response.status === 401) onSignedOut?.();
    },
  });
  return client;
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * What the hub answered; a refusal is thrown.
 * @throws {ApiError} with the problem document
 */
export async function answerOf<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await request;
  if (!response.ok) throw apiErrorOf(response.status, error);
  return data as Data;
}

/** Of one change, however often it is sent: the hub does it once. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
