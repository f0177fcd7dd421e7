import { type BeforeApplicationShutdown, type DynamicModule, Inject, Logger, Module } from '@nestjs/common';
import { Clock } from '../clock/index.js';
import { Database } from '../database/index.js';
import { TimeTravel } from './time-travel.js';

/** Business time as the installation has it. It is right before anything else begins to work. */
@Module({})
export class TimeTravelModule implements BeforeApplicationShutdown {
  constructor(@Inject(TimeTravel) private readonly travel: TimeTravel) {}

  static forRoot(): DynamicModule {
    const travel = {
      provide: TimeTravel,
      inject: [Database, Clock],
      useFactory: async (database: Database, clock: Clock) => {
        const logger = new Logger(TimeTravel.name);
        const made = new TimeTravel(database, clock, (error) => logger.warn(error));
        await made.start();
        return made;
      },
    };
    return { module: TimeTravelModule, global: true, providers: [travel], exports: [TimeTravel] };
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.travel.stop();
  }
}
