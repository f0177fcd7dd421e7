import type { ConnectorDefinition } from '@repartee/connector-sdk';
import type { OpenWay, Way } from '../running-connector.js';
import { openBus } from './bus-ground.js';
import { startCoreSide } from './core-side.js';
import { startHostSide } from './host-side.js';
import { seenFromCore } from './seen-from-core.js';

type Carrier = Parameters<typeof openBus>[0];

/** In a host of its own, over the bus in PostgreSQL. */
export const overPostgres: Way = way('postgres-bus', 'postgresql');

/** In a host of its own, over NATS JetStream. */
export const overNats: Way = way('nats-bus', 'nats');

function way(name: string, carrier: Carrier): Way {
  return { name, open: (definition) => open(definition, carrier) };
}

async function open(definition: ConnectorDefinition, carrier: Carrier): Promise<OpenWay> {
  const bus = await openBus(carrier);
  const core = await startCoreSide(definition, bus);
  return {
    start: async (hosted, environment) => {
      const hosting = await startHostSide(hosted, environment, bus);
      await core.commands.answered(hosted.name, 'compile');
      return seenFromCore(hosted, core, {
        health: () => JSON.stringify(hosting.host.health()),
        logged: hosting.logged,
        abort: () => hosting.host.drain(0),
        close: hosting.close,
        giveUp: (attemptId) => core.commands.giveUp(hosted.name, attemptId),
      });
    },
    close: async () => {
      await core.close();
      await bus.close();
    },
  };
}
