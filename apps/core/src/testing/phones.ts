import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The sandbox as it is shipped: `npm test` builds it first. */
const MAIN = join(__dirname, '../../../sandbox/dist/main.js');
const ACCOUNT = `AC${'7'.repeat(32)}`;
const TOKEN = 'the token of this test';
export const NUMBER = '+15005550006';

/** A text as the phone screen shows it. */
export interface PhoneText {
  by: 'person' | 'hub';
  text: string;
  status: string;
  error: number | null;
}

/** Twilio and the phones behind it, and the way from there to the core: a public address on a proxy of its own. */
export class Phones {
  /** Where the core is. */
  core = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
    private readonly proxy: ReturnType<typeof createServer>,
    /** Where Twilio believes the core to be. */
    readonly publicUrl: string,
  ) {}

  static async open(pace = 5): Promise<Phones> {
    const proxy = createServer((incoming, answer) => {
      const { method, headers } = incoming;
      const target = new URL(incoming.url ?? '/', phones.core || 'http://127.0.0.1:1');
      const outgoing = forward(target, { method, headers: { ...headers, host: target.host } }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      outgoing.on('error', () => answer.writeHead(502).end());
      incoming.pipe(outgoing);
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const publicUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const child = fork(MAIN, {
      env: {
        PATH: process.env['PATH'],
        SANDBOX_PORT: '0',
        SANDBOX_SMTP_PORT: '0',
        SANDBOX_TWILIO_ACCOUNT_SID: ACCOUNT,
        SANDBOX_TWILIO_AUTH_TOKEN: TOKEN,
        SANDBOX_TWILIO_INBOUND_URL: `${publicUrl}/v1/connectors/sms-twilio/webhooks/inbound`,
        SANDBOX_TWILIO_PACE: String(pace),
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    const phones = new Phones(child, url, proxy, publicUrl);
    return phones;
  }

  /** What a core needs to send here. */
  get environment(): Record<string, string> {
    return {
      REPARTEE_PUBLIC_URL: this.publicUrl,
      SMS_TWILIO_ACCOUNT_SID: ACCOUNT,
      SMS_TWILIO_AUTH_TOKEN: TOKEN,
      SMS_TWILIO_SENDERS: NUMBER,
      SMS_TWILIO_API_URL: this.url,
      SMS_TWILIO_RATE_PER_SECOND: '1000',
      SMS_TWILIO_TIMEOUT: '1',
    };
  }

  async texts(number: string): Promise<PhoneText[]> {
    return (await this.call<{ texts: PhoneText[] }>(`phones/${encodeURIComponent(number)}`)).texts;
  }

  /** How many texts each phone has. */
  async counts(): Promise<Map<string, number>> {
    const { items } = await this.call<{ items: { number: string; count: number }[] }>('phones');
    return new Map(items.map(({ number, count }) => [number, count]));
  }

  answer(number: string, text: string): Promise<PhoneText> {
    return this.call(`phones/${encodeURIComponent(number)}/messages`, 'POST', { text });
  }

  fail(faults: Record<string, number>): Promise<unknown> {
    return this.call('twilio/faults', 'PUT', faults);
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    this.proxy.closeAllConnections();
    this.proxy.close();
    await once(this.proxy, 'close');
  }

  private async call<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
    const answer = await fetch(`${this.url}/sandbox/api/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
