import type { Exchange } from '@repartee/contracts/testing';
import twilio from 'twilio';

type Options = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0];

/** Sends what the SDK asks to a server of ours, and keeps what went over the line. */
class RecordingClient extends twilio.RequestClient {
  constructor(
    private readonly host: string,
    private readonly exchanges: Exchange[],
  ) {
    super();
  }

  override async request<Body>({ method, uri, username, password, params, data }: Options) {
    const { pathname, search } = new URL(uri);
    const query = new URLSearchParams(params as Record<string, string>).toString();
    const url = `${pathname}${search}${query ? `${search ? '&' : '?'}${query}` : ''}`;
    const form = data ? new URLSearchParams(data as Record<string, string>) : undefined;
    const answer = await fetch(this.host + url, {
      method: method.toUpperCase(),
      headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
      ...(form && { body: form }),
    });
    const text = await answer.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.exchanges.push({
      method: method.toUpperCase(),
      url,
      ...(form && { form }),
      status: answer.status,
      answer: body,
    });
    return { statusCode: answer.status, body: text as Body, headers: {}, toString: () => text };
  }
}

/** The real SDK, pointed at the emulator. */
export function twilioSdk(host: string, accountSid: string, authToken: string) {
  const exchanges: Exchange[] = [];
  const client = twilio(accountSid, authToken, { httpClient: new RecordingClient(host, exchanges) });
  return { client, exchanges };
}
