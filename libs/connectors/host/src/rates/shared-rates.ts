import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Database, Housekeeping, newId } from '@repartee/platform';
import { ConnectorHost } from '../connector-host.js';
import { CONNECTOR_HOST_OPTIONS, type ConnectorHostOptions } from '../connector-host.options.js';

/** Milliseconds between looks for who else calls. */
const LOOK = 1000;
/** Seconds after which a process that does not say so calls no more. */
const GONE = 5;

/**
 * Divides the rate that a provider allows among the processes that call it, so that it holds for all of them together.
 * One that comes takes its share at once, and the others follow within a second; the share of one that died is free
 * after five.
 */
@Injectable()
export class SharedRates implements OnModuleInit, OnApplicationShutdown {
  private readonly process = newId();

  constructor(
    @Inject(ConnectorHost) private readonly host: ConnectorHost,
    @Inject(CONNECTOR_HOST_OPTIONS) private readonly options: Pick<ConnectorHostOptions, 'elsewhere'>,
    @Inject(Database) private readonly database: Database,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.share();
    this.housekeeping.every(LOOK, 'sharing rates', () => this.share());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.query('DELETE FROM connector_process WHERE process = $1', [this.process]);
  }

  /** Says what is called here, and takes the share of it. */
  async share(): Promise<void> {
    const names = this.paced();
    if (names.length === 0) return;
    await this.database.query(
      `INSERT INTO connector_process (connector, process, seen_at)
       SELECT connector, $2, clock_timestamp() FROM unnest($1::text[]) AS t(connector)
       ON CONFLICT (connector, process) DO UPDATE SET seen_at = excluded.seen_at`,
      [names, this.process],
      'rate.say',
    );
    const rows = await this.database.query<{ connector: string; sharers: number }>(
      `WITH gone AS (DELETE FROM connector_process WHERE seen_at < clock_timestamp() - interval '1 min')
       SELECT connector, count(*)::int AS sharers FROM connector_process
       WHERE connector = ANY($1::text[]) AND seen_at > clock_timestamp() - ${GONE} * interval '1 s' GROUP BY connector`,
      [names],
      'rate.share',
    );
    for (const { connector, sharers } of rows) this.host.turns(connector)?.share(sharers);
  }

  private paced(): string[] {
    return this.host.names.filter((name) => {
      const runner = this.host.runner(name);
      return runner?.configured && runner.admission.paced && !this.options.elsewhere?.has(name);
    });
  }
}
