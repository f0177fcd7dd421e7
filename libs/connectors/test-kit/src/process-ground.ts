import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock, Logger, Metrics, SystemClock, Tracer } from '@repartee/platform';
import { Writable } from 'node:stream';

/** What every process of the product stands on: time, telemetry, and a log that is kept. */
export interface ProcessGround {
  module: DynamicModule;
  logger: Logger;
  /** Everything that was logged so far. */
  logged(): string;
}

@Global()
@Module({})
class Ground {}

export async function processGround(): Promise<ProcessGround> {
  let logged = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const logger = new Logger({ level: 'debug', destination });
  const services = [
    { provide: Clock, useValue: new SystemClock() },
    { provide: Logger, useValue: logger },
    { provide: Metrics, useValue: new Metrics({ defaults: false }) },
    { provide: Tracer, useValue: await Tracer.create() },
  ];
  return {
    module: { module: Ground, providers: services, exports: services },
    logger,
    logged: () => logged,
  };
}
