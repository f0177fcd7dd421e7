import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, CONFIG, type Config, createGuardedHttp, type GuardedHttp } from '@repartee/platform';
import { createHmac } from 'node:crypto';
import { type Answer, retryAfterOf } from './verdict.js';

/** Milliseconds an endpoint has to answer (Standard Webhooks recommends 15 to 30 s). */
const TIME_LIMIT = 15_000;
/** Characters of an answer that are kept, and octets that are read at most. */
const EXCERPT = 1000;
const READ_LIMIT = 4096;

/** What an endpoint answered. */
export interface Sent {
  answer: Answer;
  latencyMs: number;
  excerpt: string;
}

/** Sends signed messages. Never throws: whatever goes wrong is an answer. */
@Injectable()
export class WebhookSender implements OnApplicationShutdown {
  private readonly http: GuardedHttp;

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'webhooksPrivate'>,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.http = createGuardedHttp({ allowPrivate: config.webhooksPrivate });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  /** @param keys of Standard Webhooks, the newest first */
  async send(url: string, message: { id: string; body: string }, keys: readonly string[]): Promise<Sent> {
    const started = performance.now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIME_LIMIT);
    const took = () => Math.round(performance.now() - started);
    try {
      const response = await this.http.within(abort.signal)(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Repartee-Webhooks/1.0',
          ...signatures(message, Math.floor(this.clock.now() / 1000), keys),
        },
        body: message.body,
      });
      const latencyMs = took();
      const { status } = response;
      const retryAfter = retryAfterOf(response.headers.get('retry-after'), this.clock.now());
      // What an endpoint says after its status changes nothing any more.
      const excerpt = await beginningOf(response.body).catch(() => '');
      return { answer: { status, ...(retryAfter !== undefined && { retryAfter }) }, latencyMs, excerpt };
    } catch (error) {
      const said = abort.signal.aborted ? `no answer within ${TIME_LIMIT / 1000} s` : wordsOf(error);
      return { answer: { status: null, error: said }, latencyMs: took(), excerpt: said };
    } finally {
      clearTimeout(timer);
      abort.abort();
    }
  }
}

/** Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, a signature for each key, parted by spaces. */
function signatures(
  { id, body }: { id: string; body: string },
  timestamp: number,
  keys: readonly string[],
): Record<string, string> {
  const signed = keys.map((key) => {
    const octets = Buffer.from(key.slice(key.indexOf('_') + 1), 'base64');
    return `v1,${createHmac('sha256', octets).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': `${timestamp}`, 'webhook-signature': signed.join(' ') };
}

async function beginningOf(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    parts.push(part);
    length += part.length;
    if (length >= READ_LIMIT) break;
  }
  const text = Buffer.concat(parts).subarray(0, READ_LIMIT).toString('utf8');
  return text.replaceAll('\0', '').slice(0, EXCERPT);
}

function wordsOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, EXCERPT);
}
