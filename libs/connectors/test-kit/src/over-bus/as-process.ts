import type { ConnectorManifest } from '@repartee/connector-sdk';
import { unknown } from '@repartee/connector-sdk';
import { startProgram } from '@repartee/platform/testing';
import type { Way } from '../running-connector.js';
import { openBus } from './bus-ground.js';
import { startCoreSide } from './core-side.js';
import { seenFromCore } from './seen-from-core.js';

/**
 * A connector in another language, as a process of its own over NATS. It prints `ready` when it takes commands, and gets
 * its settings and `NATS_URL` by its environment.
 * @param manifest as the core reads it
 * @param command program and arguments
 */
export function asProcess(manifest: ConnectorManifest, command: readonly [string, ...string[]]): Way {
  return {
    name: 'process-over-nats',
    async open(definition) {
      const bus = await openBus('nats');
      const core = await startCoreSide(definition, bus, manifest.answers);
      return {
        async start(hosted, environment) {
          const running = await startProgram(command, { ...environment, NATS_URL: bus.natsUrl });
          const end = async () => {
            await running.end();
            await core.commands.withdraw(hosted.name);
          };
          await core.commands.answered(hosted.name, 'render');
          return seenFromCore(hosted, core, {
            health: () => '',
            logged: () => running.said.join(''),
            abort: end,
            close: end,
            giveUp: async () => unknown('the process ended'),
          });
        },
        close: async () => {
          await core.close();
          await bus.close();
        },
      };
    },
  };
}
