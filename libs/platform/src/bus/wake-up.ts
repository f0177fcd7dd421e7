import pg from 'pg';

const CHANNEL = 'repartee_bus';
/** At most 200 notifications a second: every one takes a lock that all commits of notifiers share. */
const FLUSH_EVERY_MS = 5;
const RECONNECT_MS = { first: 100, most: 5_000 };

/**
 * Tells workers, here and in other processes, that there is something to claim.
 * It only shortens their wait: whatever is lost on this way, polling finds.
 */
export class WakeUp {
  private readonly listeners = new Set<() => void>();
  private client: pg.Client | undefined;
  private flushing: NodeJS.Timeout | undefined;
  private reconnecting: NodeJS.Timeout | undefined;
  private lastFlush = 0;
  /** A commit that came while a notification was on its way needs another. */
  private rungAgain = false;
  private stopped = true;

  constructor(
    private readonly connection: pg.ClientConfig,
    private readonly onError: (error: Error) => void,
  ) {}

  async start(): Promise<void> {
    if (!this.stopped) return;
    this.stopped = false;
    await this.connect(RECONNECT_MS.first);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.flushing);
    clearTimeout(this.reconnecting);
    this.flushing = undefined;
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(this.onError);
  }

  /** Called after a commit that published: wakes workers here now, and others with the next flush. */
  ring(): void {
    this.wakeHere();
    if (this.flushing) this.rungAgain = true;
    else this.flushSoon();
  }

  /** Returns what ends the subscription. */
  onRing(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private flushSoon(): void {
    if (this.stopped) return;
    const wait = Math.max(0, this.lastFlush + FLUSH_EVERY_MS - performance.now());
    this.flushing = setTimeout(() => void this.flush(), wait);
  }

  private wakeHere(): void {
    for (const listener of this.listeners) listener();
  }

  private async flush(): Promise<void> {
    this.lastFlush = performance.now();
    this.rungAgain = false;
    await this.client?.query(`NOTIFY ${CHANNEL}`).catch(this.onError);
    this.flushing = undefined;
    if (this.rungAgain) this.flushSoon();
  }

  private async connect(retryAfter: number): Promise<void> {
    const client = new pg.Client(this.connection);
    let ownPid = 0;
    client.on('error', this.onError);
    client.on('end', () => {
      if (this.client === client) this.reconnectAfter(RECONNECT_MS.first);
    });
    client.on('notification', (notice) => {
      if (notice.processId !== ownPid) this.wakeHere();
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      ownPid = rows[0]?.pid ?? 0;
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      this.onError(error instanceof Error ? error : new Error(String(error)));
      await client.end().catch(this.onError);
      this.reconnectAfter(Math.min(retryAfter * 2, RECONNECT_MS.most));
      return;
    }
    if (this.stopped) return client.end();
    this.client = client;
    this.wakeHere();
  }

  private reconnectAfter(wait: number): void {
    this.client = undefined;
    if (this.stopped) return;
    this.reconnecting = setTimeout(() => void this.connect(wait), wait);
  }
}
