import { Inject, Injectable } from '@nestjs/common';
import { type PolledFacts, polledSchema, type RawRequest } from '@repartee/connector-sdk';
import { fail, failure, type Result } from '@repartee/contracts';
import { ConnectorHost } from './connector-host.js';
import { hearWebhook, type HeardWebhook } from './hear-webhook.js';

/** What providers report, as their connectors understand it: by webhook, or fetched. */
@Injectable()
export class ConnectorReports {
  constructor(@Inject(ConnectorHost) private readonly host: ConnectorHost) {}

  /** Has a connector verify and read a webhook. */
  async receive(name: string, raw: RawRequest): Promise<Result<HeardWebhook>> {
    const runner = this.host.runner(name);
    if (!runner) return fail(failure('CONNECTOR.NOT_FOUND', `There is no connector ${name}`));
    const elsewhere = this.host.webhooksOf(name);
    return elsewhere && runner.definition.receive ? elsewhere.receive(raw) : hearWebhook(runner, raw);
  }

  /** Fetches what came since `cursor`. @throws what went wrong, in words free of secrets */
  async poll(name: string, cursor: string | undefined): Promise<PolledFacts> {
    const runner = this.host.runner(name);
    if (!runner?.configured) throw new Error(`the connector ${name} lacks settings`);
    const polled = await runner.call((context) => runner.definition.poll?.(cursor, context));
    return polledSchema.parse(polled) as PolledFacts;
  }
}
