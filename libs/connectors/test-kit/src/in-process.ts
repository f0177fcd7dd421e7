import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConnectorHost, ConnectorHostModule } from '@repartee/connector-host';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import { Clock, Logger, Metrics, SystemClock, Tracer } from '@repartee/platform';
import { Writable } from 'node:stream';
import type { Environment, RunningConnector, Way } from './running-connector.js';

/** Runs a connector by the real host and runner, inside this process. */
export const inProcess: Way = { name: 'in-process', start };

async function start(definition: ConnectorDefinition, environment: Environment): Promise<RunningConnector> {
  let logged = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const services = [
    { provide: Clock, useValue: new SystemClock() },
    { provide: Logger, useValue: new Logger({ level: 'debug', destination }) },
    { provide: Metrics, useValue: new Metrics({ defaults: false }) },
    { provide: Tracer, useValue: await Tracer.create() },
  ];
  @Global()
  @Module({ providers: services, exports: services })
  class Platform {}
  @Module({
    imports: [
      Platform,
      ConnectorHostModule.forRoot({
        definitions: [hosted(definition)],
        environment,
        // The provider is played on this machine.
        allowPrivateAddresses: true,
      }),
    ],
  })
  class Process {}
  const app = await NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
  const host = app.get(ConnectorHost);
  const { name, channel } = definition;
  return {
    deliver: (action) => host.deliver(name, action, { attemptId: action.attemptId }),
    reconcile: (attempt) => host.reconcile(name, attempt),
    compile: (content) => host.compile(channel, content),
    checkSettings: async () => {
      const checked = await host.checkSettings(name);
      return checked.ok ? undefined : checked.failure.detail;
    },
    forget: async (address) => {
      const [answer] = await host.forget({ subjectId: 'nobody', addresses: [address] });
      return answer?.detail ?? answer?.status ?? 'not asked';
    },
    health: () => JSON.stringify(host.health()),
    logged: () => logged,
    stop: () => app.close(),
  };
}

/** What the host runs; the pure members and those that fetch are asked directly, so they must not need it. */
function hosted(definition: ConnectorDefinition): ConnectorDefinition {
  const { verify: _v, receive: _r, poll: _p, deliverBatch: _b, onEvent: _e, ...rest } = definition;
  return rest;
}
