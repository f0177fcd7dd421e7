import { Module, type DynamicModule } from '@nestjs/common';
import { HousekeepingModule } from '@repartee/platform';
import { ConnectorHostModule } from '../connector-host.module.js';
import type { ConnectorHostOptions } from '../connector-host.options.js';
import { BegunInbox } from './begun-inbox.js';
import { commandController } from './command-controllers.js';
import { CommandRunner } from './command-runner.js';
import { ConnectorAnswers } from './connector-answers.js';

/** Connectors that take their commands from the bus. Wants the platform's database, bus, telemetry and a `Clock` around. */
@Module({})
export class RemoteHostModule {
  static forRoot(options: ConnectorHostOptions): DynamicModule {
    const delivering = options.definitions.filter(({ deliver }) => deliver);
    return {
      module: RemoteHostModule,
      imports: [HousekeepingModule, ConnectorHostModule.forRoot(options)],
      controllers: delivering.map(({ name }) => commandController(name)),
      providers: [BegunInbox, CommandRunner, ConnectorAnswers],
    };
  }
}
