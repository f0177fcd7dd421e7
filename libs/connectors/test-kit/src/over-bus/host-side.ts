import { Module } from '@nestjs/common';
import { ConnectorHost, RemoteHostModule } from '@repartee/connector-host';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import { connectBus, createHttpApplication } from '@repartee/platform';
import { processGround } from '../process-ground.js';
import type { Environment } from '../running-connector.js';
import type { BusGround } from './bus-ground.js';

/** A host of its own with one connector, as `apps/connector-host` runs it. */
export async function startHostSide(
  definition: ConnectorDefinition,
  environment: Environment,
  bus: BusGround,
) {
  const ground = await processGround();
  const remote = RemoteHostModule.forRoot({
    definitions: [definition],
    environment,
    // The provider is played on this machine.
    allowPrivateAddresses: true,
  });
  @Module({ imports: [ground.module, ...bus.modules('/repartee/connector-host'), remote] })
  class Host {}
  const app = await createHttpApplication(Host, { logger: ground.logger });
  connectBus(app);
  await app.init();
  await app.startAllMicroservices();
  return { host: app.get(ConnectorHost), logged: ground.logged, close: () => app.close() };
}
