import { Body, Controller, Inject, Module, Post, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import { insertOne, rowOf, type Column } from './event-table.js';

/** As many as one core and PostgreSQL can keep busy; more changed nothing where this was measured. */
const POOL_SIZE = 16;
const COLUMNS = Symbol('columns');

@Controller('v1/track')
class InsertController {
  private readonly statement: { name: string; text: string };

  constructor(
    private readonly pool: Pool,
    @Inject(COLUMNS) private readonly columns: Column[],
  ) {
    this.statement = { name: 'insert', text: insertOne(columns) };
  }

  @Post()
  async accept(@Body() event: { messageId: string }): Promise<object> {
    await this.pool.query({
      ...this.statement,
      values: rowOf(this.columns, event.messageId, JSON.stringify(event)),
    });
    return { success: true };
  }
}

@Module({})
class InsertModule {
  static with(pool: Pool, columns: Column[]): DynamicModule {
    return {
      module: InsertModule,
      controllers: [InsertController],
      providers: [
        { provide: Pool, useValue: pool },
        { provide: COLUMNS, useValue: columns },
      ],
    };
  }
}

/** What one would write first: Nest on Fastify, and each request inserts and commits one row before it answers. */
export async function startInsertServer(databaseUrl: string, columns: Column[]): Promise<number> {
  const pool = new Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  const app = await NestFactory.create<NestFastifyApplication>(
    InsertModule.with(pool, columns),
    new FastifyAdapter(),
    { logger: false },
  );
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer().address() as AddressInfo).port;
}
