import type { DynamicModule } from '@nestjs/common';
import { connectorHostEntities, connectorHostMigrations } from '@repartee/connector-host';
import { busEntities, busMigrations, BusModule, DatabaseModule } from '@repartee/platform';
import { createTestDatabase, startNatsServer } from '@repartee/platform/testing';

/** The bus that processes share: a real PostgreSQL, and a real nats-server where that carries it. */
export interface BusGround {
  /** What a process imports to be on it. */
  modules(source: string): DynamicModule[];
  /** Where the nats-server is, if one carries it. */
  natsUrl?: string;
  close(): Promise<void>;
}

export async function openBus(carrier: 'postgresql' | 'nats'): Promise<BusGround> {
  const [place, server] = await Promise.all([
    createTestDatabase({
      entities: [...busEntities, ...connectorHostEntities],
      migrations: [...busMigrations, ...connectorHostMigrations],
    }),
    carrier === 'nats' ? startNatsServer() : undefined,
  ]);
  const nats = server && { servers: [`127.0.0.1:${server.port}`], replicas: 1 };
  return {
    ...(server && { natsUrl: server.url }),
    modules: (source) => [
      DatabaseModule.forRoot({ url: place.url, entities: [], migrations: [] }),
      BusModule.forRoot({ source, concurrencyPerType: 50, concurrency: 100, ...(nats && { nats }) }),
    ],
    close: async () => {
      await place.drop();
      await server?.remove();
    },
  };
}
