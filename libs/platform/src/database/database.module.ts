import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type MigrationInterface, type MixedList } from 'typeorm';
import { Database } from './database.js';
import { migrate } from './migrate.js';

/** Whoever needs a new connection waits for it, for up to a third of a second under load: they are kept for lulls. */
const IDLE_MS = 600_000;

export type EntityClass = new () => object;
export type MigrationClass = new () => MigrationInterface;

export interface DatabaseOptions {
  url: string;
  entities: readonly EntityClass[];
  migrations: readonly MigrationClass[];
  /** Connections kept. */
  poolSize?: number;
}

/** A data source of ours, not yet connected. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [...options.entities] as MixedList<EntityClass>,
    migrations: [...options.migrations] as MixedList<MigrationClass>,
    migrationsTableName: 'migration',
    synchronize: false,
    logging: false,
    installExtensions: false,
    applicationName: 'repartee',
    poolSize: options.poolSize ?? 12,
    connectTimeoutMS: 5000,
    extra: { idleTimeoutMillis: IDLE_MS },
  });
}

/** Connects, migrates and provides {@link Database}. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    const database = {
      provide: Database,
      useFactory: async () => {
        const dataSource = await createDataSource(options).initialize();
        await migrate(dataSource);
        return new Database(dataSource);
      },
    };
    return { module: DatabaseModule, global: true, providers: [database], exports: [Database] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.dataSource.destroy();
  }
}
