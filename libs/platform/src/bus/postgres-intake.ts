import type { Clock } from '../clock/index.js';
import type { BusConnections } from './bus-connections.js';
import type { BusMetrics } from './bus-metrics.js';
import type { BusSettings } from './bus-settings.js';
import { Consumer } from './consumer.js';
import type { CreateIntake, Intake } from './intake.js';
import { Maintenance } from './maintenance.js';
import { MessageStore } from './message-store.js';
import type { WakeUp } from './wake-up.js';

export interface PostgresIntakeParts {
  connections: BusConnections;
  wakeUp: WakeUp;
  clock: Clock;
  settings: BusSettings;
  metrics: BusMetrics;
}

/** Messages come straight from the outbox in PostgreSQL. */
export function postgresIntake(parts: PostgresIntakeParts): CreateIntake {
  return ({ types, handle, onVerdict, ...reports }): Intake => {
    const all = { ...parts, ...reports, onLapse: onVerdict, store: new MessageStore(parts.connections) };
    const consumer = new Consumer(types, handle, all);
    const maintenance = new Maintenance(all);
    let unsubscribe: () => void = () => undefined;
    return {
      start: () => {
        unsubscribe = parts.wakeUp.onRing(() => consumer.wake());
        consumer.start();
        maintenance.start();
      },
      stop: async () => {
        unsubscribe();
        await Promise.all([consumer.stop(), maintenance.stop()]);
      },
    };
  };
}
