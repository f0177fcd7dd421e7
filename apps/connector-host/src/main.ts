import 'reflect-metadata';
import { loadConnectors } from '@repartee/connector-host';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import {
  announceFailure,
  announceReady,
  connectBus,
  createHttpApplication,
  Database,
  loadConfig,
  Logger,
  onStop,
} from '@repartee/platform';
import { connectors } from './connectors.registry.js';
import { readConnectors } from './host-options.js';
import { HostModule, type HostOptions } from './host.module.js';

async function start(options: HostOptions): Promise<void> {
  const { config, logger, definitions } = options;
  const app = await createHttpApplication(HostModule.forRoot(options), { logger });
  onStop(() => app.close(), logger);
  connectBus(app);
  await app.init();
  const [schema] = await app
    .get(Database)
    .query<{ there: boolean }>(`SELECT to_regclass('connector_begun') IS NOT NULL AS there`);
  if (!schema?.there) throw new Error('The database has no tables yet: start the core first');
  await app.startAllMicroservices();
  // Health and metrics, where a port is asked for.
  if (config.environment['PORT'] !== undefined) await app.listen({ port: config.port, host: config.host });
  const running = definitions.map(({ name }) => name);
  announceReady({ connectors: running }, `Runs ${running.join(', ')}`);
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if (!config.ok) return announceFailure(config.failure);
  const { databaseUrl, logLevel } = config.value;
  if (databaseUrl === undefined)
    return announceFailure('DATABASE_URL is missing: it names the core’s database');
  try {
    const installed = await loadConnectors(config.value.connectors, process.cwd());
    // Connectors in another language run by themselves.
    const ours = installed.flatMap(({ definition, manifest }) => (manifest ? [] : [definition]));
    const known: readonly ConnectorDefinition[] = [...connectors, ...ours];
    const chosen = readConnectors(
      process.argv.slice(2),
      known.map(({ name }) => name),
    );
    if (!chosen.ok) return announceFailure(chosen.failure);
    const definitions = known.filter(({ name }) => chosen.value.includes(name));
    await start({ config: config.value, databaseUrl, logger: new Logger({ level: logLevel }), definitions });
  } catch (error) {
    announceFailure(error instanceof Error ? error.message : String(error));
  }
}

await main();
