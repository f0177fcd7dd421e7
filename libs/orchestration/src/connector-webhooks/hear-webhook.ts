import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  checkFacts,
  fail,
  failure,
  ok,
  type RawRequest,
  type Result,
  type WebhookReply,
} from '@repartee/contracts';
import { FactSources, FactStore } from '@repartee/delivery';
import { CONFIG, type Config, type Counter, Metrics } from '@repartee/platform';
import type { FastifyRequest } from 'fastify';

type Called = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Takes webhooks of providers: verified, read, and durable before the reply. */
@Injectable()
export class HearWebhook {
  private readonly logger = new Logger(HearWebhook.name);
  private readonly heard: Counter<'connector' | 'result'>;

  constructor(
    @Inject(FactSources) private readonly sources: FactSources,
    @Inject(FactStore) private readonly store: FactStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.heard = metrics.counter('repartee_connector_webhooks_total', 'Webhooks of providers', [
      'connector',
      'result',
    ]);
  }

  /** @returns what the provider is answered */
  async hear(connector: string, request: Called): Promise<Result<WebhookReply>> {
    const source = this.sources.find(connector);
    if (!source) return fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${connector}`));
    const heard = await this.sources.receive(connector, rawRequest(request, this.config.publicUrl));
    if (!heard.ok) {
      this.heard.inc({ connector, result: 'failed' });
      return heard;
    }
    if (!heard.value.verified) {
      this.heard.inc({ connector, result: 'forged' });
      return fail(failure('CONNECTOR.FORGED', 'The signature is not the provider’s. Nothing was read.'));
    }
    const { facts, refused } = checkFacts(heard.value.facts);
    for (const { problem } of refused) {
      this.heard.inc({ connector, result: 'no_fact' });
      this.logger.error(`${connector} reported what is no fact: ${problem}`);
    }
    const stored = await this.store.add(source, facts);
    this.heard.inc({ connector, result: stored.ok ? 'taken' : 'shed' });
    return stored.ok ? ok(heard.value.reply) : stored;
  }
}

/**
 * The request as the provider made it. What it called is our public URL with the path and query that reached us: behind
 * a proxy neither the scheme nor the host of the request itself are the provider's words.
 */
export function rawRequest({ method, url, headers, body }: Called, publicUrl: string): RawRequest {
  const joined = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return {
    method,
    url: `${publicUrl}${url}`,
    headers: Object.fromEntries(joined),
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array(),
  };
}
