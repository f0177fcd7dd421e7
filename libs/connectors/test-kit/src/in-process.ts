import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConnectorHost, ConnectorHostModule, ConnectorReports } from '@repartee/connector-host';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import { processGround } from './process-ground.js';
import type { Environment, RunningConnector, Way } from './running-connector.js';

/** Runs a connector by the real host and runner, inside this process. */
export const inProcess: Way = {
  name: 'in-process',
  open: async () => ({ start, close: async () => undefined }),
};

async function start(definition: ConnectorDefinition, environment: Environment): Promise<RunningConnector> {
  const ground = await processGround();
  // The provider is played on this machine.
  const options = { definitions: [definition], environment, allowPrivateAddresses: true };
  @Module({ imports: [ground.module, ConnectorHostModule.forRoot(options)] })
  class Process {}
  const app = await NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
  const host = app.get(ConnectorHost);
  const reports = app.get(ConnectorReports);
  const { name, channel } = definition;
  return {
    deliver: (action) => host.deliver(name, action, { attemptId: action.attemptId }),
    reconcile: (attempt) => host.reconcile(name, attempt),
    hear: (event) => host.hear(name, event),
    compile: (content) => host.compile(channel, content),
    render: async (content, data) => {
      const rendered = host.render(channel, content, data);
      return rendered.ok ? rendered.value : undefined;
    },
    receive: (raw) => reports.receive(name, raw),
    poll: (cursor) => reports.poll(name, cursor),
    checkSettings: async () => detailOf(await host.checkSettings(name)),
    forget: (address) => forgotten(host, address),
    health: () => JSON.stringify(host.health()),
    logged: ground.logged,
    abort: () => host.drain(0),
    stop: () => app.close(),
  };
}

export async function forgotten(host: ConnectorHost, address: string): Promise<string> {
  const [answer] = await host.forget({ subjectId: 'nobody', addresses: [address] });
  return answer?.detail ?? answer?.status ?? 'not asked';
}

export function detailOf(checked: Awaited<ReturnType<ConnectorHost['checkSettings']>>): string | undefined {
  return checked.ok ? undefined : checked.failure.detail;
}
