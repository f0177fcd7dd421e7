import { ClientProxy, type ReadPacket } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import type { Database } from '../database/index.js';
import type { Bus } from './bus.js';

/**
 * Nest's own way to publish, each event in a transaction of its own.
 * Where a business transaction is open, `Bus.publish` belongs in it.
 */
export class PostgresClientProxy extends ClientProxy {
  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {
    super();
  }

  override async connect(): Promise<void> {}

  override close(): void {}

  override unwrap<T>(): T {
    return this.bus as T;
  }

  override send<T>(pattern: unknown, _data?: unknown): Observable<T> {
    return throwError(() => noReplies(pattern));
  }

  protected override publish(packet: ReadPacket): () => void {
    throw noReplies(packet.pattern);
  }

  protected override async dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    const message = { type: this.normalizePattern(packet.pattern), data: packet.data };
    await this.database.transaction((tx) => this.bus.publish(tx, [message]));
    return undefined as T;
  }
}

function noReplies(pattern: unknown): Error {
  return new Error(`the bus carries events and no replies: emit(${JSON.stringify(pattern)}) instead of send`);
}
