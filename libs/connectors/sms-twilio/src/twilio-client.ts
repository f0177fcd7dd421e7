import type { ConnectorContext, ConnectorHttp } from '@repartee/connector-sdk';
import twilio from 'twilio';
import type { SmsSettings } from './sms-settings.js';

type SmsContext = Pick<ConnectorContext<SmsSettings>, 'settings' | 'http' | 'signal'>;
type RequestOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

/** Carries the SDK's requests over the host's connections, which end with the call. */
class HostedRequests extends twilio.RequestClient {
  /** `Retry-After` of the last answer, in seconds; the SDK's errors do not carry it. */
  retryAfter: number | undefined;

  constructor(
    private readonly http: ConnectorHttp,
    private readonly apiUrl: string | undefined,
  ) {
    super();
  }

  override async request<Body>({ method, uri, username, password, headers, params, data }: RequestOptions) {
    const url = new URL(uri);
    for (const [name, value] of fieldsOf(params)) url.searchParams.append(name, value);
    const credentials = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
    const answer = await this.http(this.target(url), {
      method: method.toUpperCase(),
      headers: { ...(headers as Record<string, string>), authorization: `Basic ${credentials}` },
      ...(data !== undefined && { body: new URLSearchParams(fieldsOf(data)).toString() }),
    });
    this.retryAfter = secondsOf(answer.headers.get('retry-after'));
    const text = errorBodyOf(answer.status, await answer.text());
    return { statusCode: answer.status, body: text as Body, headers: {}, toString: () => text };
  }

  private target(url: URL): string {
    return this.apiUrl === undefined ? url.href : this.apiUrl.replace(/\/+$/, '') + url.pathname + url.search;
  }
}

/** The SDK's client for one call, and what its last answer asked for. */
export function openClient({ settings, http, signal }: SmsContext) {
  const { accountSid, authToken, apiKeySid, apiKeySecret, apiUrl, timeout } = settings;
  // An address that the operator chose may lie in their own network, as the sandbox does.
  const reach: ConnectorHttp =
    apiUrl === undefined ? http : (url, init) => fetch(url, { ...init, signal, redirect: 'manual' });
  const requests = new HostedRequests((url, init) => within(timeout, reach(url, init)), apiUrl);
  const client = twilio(apiKeySid ?? accountSid, apiKeySecret ?? authToken, {
    accountSid,
    httpClient: requests,
  });
  return { client, retryAfter: () => requests.retryAfter };
}

/** Waits no longer; the request itself ends with the call. */
async function within<T>(seconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Twilio said nothing for ${seconds} s`)), seconds * 1000);
  });
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}

/** The SDK makes its errors of what Twilio says; of what a proxy or a broken server says it could make none. */
function errorBodyOf(status: number, text: string): string {
  if (status < 400) return text;
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return text;
  } catch {
    // No JSON: not Twilio's words either.
  }
  return JSON.stringify({ status, message: `HTTP ${status}` });
}

/** Lists as repeated fields, as the API takes them. */
function fieldsOf(data: object | null | undefined): [string, string][] {
  return Object.entries(data ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
}

function secondsOf(header: string | null): number | undefined {
  const seconds = Number(header ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;
}
