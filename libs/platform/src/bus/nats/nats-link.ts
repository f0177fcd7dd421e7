import {
  connect,
  credsAuthenticator,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { Bell } from '../../bell/index.js';
import type { NatsConfig } from '../../config/index.js';
import { describeError } from '../verdict.js';
import { within } from '../within.js';

/** Makes the connection usable: declares what must be there, starts what was waiting. Fails where it must be tried again. */
export type WhenUp = (connection: NatsConnection) => Promise<void>;

export interface LinkLog {
  say: (text: string) => void;
  warn: (text: string) => void;
}

const TRY_AGAIN_MS = 500;
const WARN_EVERY_MS = 30_000;
const CLOSE_WITHIN_MS = 2_000;

/** Keeps this process connected to NATS, for as long as it takes. Nothing else of the process waits for it. */
export class NatsLink {
  private readonly listeners: WhenUp[] = [];
  private readonly end = new Bell();
  private connection: NatsConnection | undefined;
  private ready = false;
  private problem = 'not connected yet';
  private warnedAt = -WARN_EVERY_MS;
  private running: Promise<void> | undefined;
  private preparing: Promise<void> | undefined;
  private prepareAgain = false;
  private stopped = false;

  constructor(
    private readonly config: NatsConfig,
    private readonly log: LinkLog,
  ) {}

  /** Called after every connect and reconnect, in the order of registration. */
  onUp(listener: WhenUp): void {
    this.listeners.push(listener);
    if (this.connection && !this.stopped) this.prepare(this.connection);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Sends what is buffered, then closes. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.end.ring();
    const closing = this.connection;
    if (closing) {
      if (this.ready) await within(CLOSE_WITHIN_MS, closing.flush()).catch(() => undefined);
      await closing.close().catch(() => undefined);
    }
    await this.running;
  }

  /** The connection, when all is declared and it carries messages. */
  get up(): NatsConnection | undefined {
    return this.ready ? this.connection : undefined;
  }

  /** Sends without waiting. Without a connection it is lost: acknowledgements may be. */
  send(subject: string, payload: Uint8Array): void {
    if (this.connection && !this.connection.isClosed()) this.connection.publish(subject, payload);
  }

  /** For the health check. @returns what carries the bus @throws why it does not */
  check(): string {
    if (!this.ready) throw new Error(`NATS JetStream: ${this.problem}`);
    return `NATS JetStream at ${this.connection?.getServer()}`;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      try {
        const connection = await connect(optionsOf(this.config));
        this.connection = connection;
        if (this.stopped) await connection.close();
        else await this.live(connection);
      } catch (error) {
        this.down(`${this.config.servers.join(', ')} cannot be reached (${describeError(error)})`);
      }
      if (!this.stopped) await this.end.wait(TRY_AGAIN_MS);
    }
  }

  /** Until it is closed for good. The client itself reconnects for ever. */
  private async live(connection: NatsConnection): Promise<void> {
    this.prepare(connection);
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.down(`the connection to ${status.server} was lost`);
      else if (status.type === 'reconnect') this.prepare(connection);
      else if (status.type === 'error') this.warn(`NATS says: ${status.error.message}`);
    }
    this.down('the connection was closed');
    await this.preparing;
  }

  private prepare(connection: NatsConnection): void {
    this.prepareAgain = true;
    this.preparing ??= this.prepareAll(connection).finally(() => (this.preparing = undefined));
  }

  private async prepareAll(connection: NatsConnection): Promise<void> {
    while (this.prepareAgain && !this.stopped && !connection.isClosed()) {
      this.prepareAgain = false;
      try {
        for (const listener of this.listeners) await listener(connection);
        if (this.prepareAgain) continue;
        this.ready = true;
        this.warnedAt = -WARN_EVERY_MS;
        this.log.say(`NATS JetStream at ${connection.getServer()} carries the bus`);
      } catch (error) {
        this.down(describeError(error));
        this.prepareAgain = true;
        await this.end.wait(TRY_AGAIN_MS);
      }
    }
  }

  private down(problem: string): void {
    this.ready = false;
    this.problem = problem;
    if (!this.stopped) this.warn(`waiting for NATS: ${problem}. Messages wait in the database`);
  }

  /** Once, not twice a second for as long as it is away. */
  private warn(text: string): void {
    const now = performance.now();
    if (now - this.warnedAt < WARN_EVERY_MS) return;
    this.warnedAt = now;
    this.log.warn(text);
  }
}

function optionsOf({ servers, user, password, token, credentials, tls }: NatsConfig): ConnectionOptions {
  return {
    servers,
    name: 'repartee',
    timeout: 3_000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // Who may enter can be put right while we wait.
    ignoreAuthErrorAbort: true,
    pingInterval: 10_000,
    ...(user !== undefined && { user, pass: password }),
    ...(token !== undefined && { token }),
    ...(credentials !== undefined && {
      authenticator: credsAuthenticator(new TextEncoder().encode(credentials)),
    }),
    ...(tls && { tls }),
  };
}
