import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectorHost } from '@repartee/connector-host';
import { Database, HealthChecks } from '@repartee/platform';

/** What `/health/ready` asks: without the database nothing works; a connector that is down degrades, no more. */
@Injectable()
export class CoreHealth implements OnModuleInit {
  constructor(
    @Inject(HealthChecks) private readonly checks: HealthChecks,
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorHost) private readonly connectors: ConnectorHost,
  ) {}

  onModuleInit(): void {
    this.checks.register('database', () => this.database.query('SELECT 1').then(() => undefined), {
      critical: true,
    });
    for (const { name } of this.connectors.health()) {
      this.checks.register(`connector ${name}`, () => this.connector(name), { critical: false });
    }
  }

  private connector(name: string): void {
    const health = this.connectors.health().find((connector) => connector.name === name);
    if (health?.status !== 'up') throw new Error(health?.detail ?? health?.status ?? 'gone');
  }
}
