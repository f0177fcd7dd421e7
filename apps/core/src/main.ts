import 'reflect-metadata';
import { FirstAccountMaker, FirstKeyIssuer, type FirstAccounts, type FirstKeys } from '@repartee/access';
import { loadConnectors } from '@repartee/connector-host';
import {
  announceFailure,
  announceReady,
  type Config,
  type EmbeddedPostgres,
  loadConfig,
  Logger,
  onStop,
  startEmbeddedPostgres,
} from '@repartee/platform';
import { mkdir } from 'node:fs/promises';
import { createCore } from './create-core.js';
import { tuneCollector } from './collector.js';
import { Seed } from './seed.js';
import { reasonOf } from './start-failure.js';

const SEED = new URL('../seed/demo.yaml', import.meta.url);
const PRODUCTS = new URL('../seed/demo-items.json', import.meta.url);

/** Everything that was started, in the order in which it must be stopped. */
type Started = { stop: () => Promise<void> }[];

/** What whoever started us shows. */
interface Ready {
  keys: FirstKeys;
  accounts: FirstAccounts;
}

async function start(config: Config, logger: Logger, started: Started): Promise<Ready> {
  const installed = await loadConnectors(config.connectors, process.cwd());
  await mkdir(config.dataDir, { recursive: true });
  let postgres: EmbeddedPostgres | undefined;
  if (config.databaseUrl === undefined) {
    postgres = await startEmbeddedPostgres({
      dataDir: config.dataDir,
      log: (line) => logger.log(line, 'PostgreSQL'),
    });
    const { stop } = postgres;
    started.unshift({ stop });
  }
  const databaseUrl = postgres?.url ?? config.databaseUrl ?? '';
  const app = await createCore({
    config,
    databaseUrl,
    logger,
    connectors: installed.map(({ definition }) => definition),
    certificates: installed.flatMap(({ certificate }) => certificate ?? []),
    manifests: installed.flatMap(({ manifest }) => manifest ?? []),
  });
  started.unshift({ stop: () => app.close() });
  await app.init();
  const keys = await app.get(FirstKeyIssuer, { strict: false }).ensureFirstKeys(config);
  if (!keys.ok) throw new Error(keys.failure.detail);
  const accounts = await app.get(FirstAccountMaker, { strict: false }).ensureFirstAccounts();
  await app.get(Seed).plant(SEED, PRODUCTS);
  await app.startAllMicroservices();
  await app.listen({ port: config.port, host: config.host });
  return { keys: keys.value, accounts };
}

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if (!config.ok) return announceFailure(config.failure);
  const logger = new Logger({ level: config.value.logLevel });
  const started: Started = [];
  const stop = async () => {
    for (const { stop: stopOne } of started.splice(0)) await stopOne();
  };
  onStop(stop, logger);
  tuneCollector();
  try {
    const ready = await start(config.value, logger, started);
    const url = `http://localhost:${config.value.port}`;
    announceReady({ url, ...ready }, `Repartee serves at ${url}`);
  } catch (error) {
    logger.debug(error);
    await stop().catch(() => undefined);
    announceFailure(reasonOf(error, config.value));
  }
}

await main();
