import { Test } from '@nestjs/testing';
import { accepted, defineConnector, secret, type ConnectorDefinition } from '@repartee/connector-sdk';
import { ok, type Action } from '@repartee/contracts';
import { Clock, Logger, Metrics, Tracer } from '@repartee/platform';
import { ManualClock } from '@repartee/platform/testing';
import { Writable } from 'node:stream';
import { z } from 'zod';
import { ConnectorHost } from '../connector-host.js';
import { ConnectorHostModule } from '../connector-host.module.js';
import type { ConnectorHostOptions } from '../connector-host.options.js';
import { Global, Module } from '@nestjs/common';

export const SECRET = 'hunter2/+ä';

/** A connector that does what a test tells it to. */
export function testConnector(more: Partial<ConnectorDefinition> = {}): ConnectorDefinition {
  return defineConnector({
    name: 'sms-test',
    channel: 'sms',
    sdk: '^1.0.0',
    stability: 'beta',
    settings: z.object({ token: secret(), retries: z.int().default(2), loud: z.boolean().optional() }),
    capabilities: { receipts: false, reconcile: 'none', timeLimit: 100 },
    treatment: {
      schema: z.object({ body: z.string().max(10), 'a/b': z.object({ c: z.number() }).optional() }),
      compile: (content) => ok({ compiled: content }),
      render: (compiled, data) => ({ compiled, data }),
    },
    deliver: async () => accepted('id'),
    ...more,
  } as ConnectorDefinition);
}

export const environment = { SMS_TEST_TOKEN: SECRET };

export async function startHost(options: Partial<ConnectorHostOptions> = {}) {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const tracer = await Tracer.create();
  const metrics = new Metrics({ defaults: false });
  const services = [
    { provide: Clock, useValue: new ManualClock() },
    { provide: Logger, useValue: new Logger({ level: 'debug', destination }) },
    { provide: Metrics, useValue: metrics },
    { provide: Tracer, useValue: tracer },
  ];
  @Global()
  @Module({ providers: services, exports: services })
  class Platform {}
  const module = ConnectorHostModule.forRoot({
    definitions: [testConnector()],
    environment,
    ...options,
  });
  const app = await Test.createTestingModule({ imports: [Platform, module] }).compile();
  app.useLogger(false);
  await app.init();
  return { host: app.get(ConnectorHost), app, metrics, lines };
}

export const action: Action = {
  deliveryId: 'd1',
  attemptId: 'a1',
  idempotencyKey: 'k1',
  channel: 'sms',
  class: 'transactional',
  to: { address: '+14155550100' },
  content: {},
  data: {},
  links: {},
  subjectId: 'p1',
};
