import { setMaxListeners } from 'node:events';
import type { ConnectorDefinition } from '@repartee/connector-sdk';
import { detailOf, forgotten } from '../in-process.js';
import type { Environment, OpenWay, RunningConnector, Way } from '../running-connector.js';
import { openBus, type BusGround } from './bus-ground.js';
import { type CoreSide, startCoreSide } from './core-side.js';
import { startHostSide } from './host-side.js';

/** In a host of its own, over the bus in PostgreSQL. */
export const overPostgres: Way = way('postgres-bus', 'postgresql');

/** In a host of its own, over NATS JetStream. */
export const overNats: Way = way('nats-bus', 'nats');

function way(name: string, carrier: Parameters<typeof openBus>[0]): Way {
  return { name, open: (definition) => open(definition, carrier) };
}

async function open(
  definition: ConnectorDefinition,
  carrier: Parameters<typeof openBus>[0],
): Promise<OpenWay> {
  const bus = await openBus(carrier);
  const core = await startCoreSide(definition, bus);
  return {
    start: (hosted, environment) => start(hosted, environment, core, bus),
    close: async () => {
      await core.close();
      await bus.close();
    },
  };
}

async function start(
  definition: ConnectorDefinition,
  environment: Environment,
  core: CoreSide,
  bus: BusGround,
): Promise<RunningConnector> {
  const { name, channel } = definition;
  const hosting = await startHostSide(definition, environment, bus);
  await core.commands.answered(name);
  const before = core.logged().length;
  const ended = new AbortController();
  // Every message under way listens.
  setMaxListeners(0, ended.signal);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await hosting.close();
    ended.abort();
  };
  return {
    deliver: (action) => core.commands.deliver(name, action, ended.signal),
    reconcile: (attempt) => core.commands.reconcile(name, attempt, ended.signal),
    compile: (content) => core.host.compile(channel, content),
    render: (content, data) => core.commands.render(name, content, data),
    receive: (raw) => core.reports.receive(name, raw),
    poll: (cursor) => core.reports.poll(name, cursor),
    checkSettings: async () => detailOf(await core.host.checkSettings(name)),
    forget: (address) => forgotten(core.host, address),
    health: () => JSON.stringify([hosting.host.health(), core.host.health()]),
    logged: () => hosting.logged() + core.logged().slice(before),
    abort: () => hosting.host.drain(0),
    stop: () => (stopping ??= stop()),
  };
}
