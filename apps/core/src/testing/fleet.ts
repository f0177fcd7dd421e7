import { apply } from './apply.js';
import { type Call, type CallOptions } from './call.js';
import { type CoreProcess, freePort, startCoreProcess } from './core-process.js';
import { type HostProcess, startHostProcess } from './host-process.js';
import { createPlace, type Place } from './start-core.js';
import { until } from './visibly.js';

export interface FleetOptions {
  connector: string;
  /** Of core and hosts. */
  environment: Record<string, string>;
  configuration: object;
  hosts: number;
  /** Attempts that may be under way with the hosts at a time. */
  inFlight: number;
}

/** Somebody, and where their messages go. */
export interface Somebody {
  userId: string;
  traits: Record<string, string>;
}

/** How one message ended. */
export interface Ended {
  address: string;
  status: string;
  reason: string | null;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const PEOPLE_AT_A_TIME = 500;
const MESSAGES_AT_A_TIME = 50;

/** A core and connector hosts in processes of their own, on one database: any of them is killed and started again. */
export class Fleet {
  private readonly hosts: HostProcess[] = [];

  private constructor(
    private readonly options: FleetOptions,
    private readonly place: Place,
    private readonly environment: Record<string, string>,
    private core: CoreProcess,
  ) {}

  static async start(options: FleetOptions): Promise<Fleet> {
    const place = await createPlace();
    const { connector, inFlight } = options;
    const environment = {
      DATABASE_URL: place.database.url,
      ...options.environment,
      PORT: String(await freePort()),
      DATA_DIR: place.dataDir,
      CONNECTORS_REMOTE: `${connector}:${inFlight}`,
    };
    const fleet = new Fleet(options, place, environment, await startCoreProcess(environment));
    await apply(fleet, options.configuration);
    const started = Array.from({ length: options.hosts }, () => fleet.startHost());
    fleet.hosts.push(...(await Promise.all(started)));
    return fleet;
  }

  /** Of the core, whichever it is at the moment. */
  get call(): Call {
    return <T>(route: string, call?: CallOptions) => this.core.call<T>(route, call);
  }

  get url(): string {
    return this.core.url;
  }

  /** Makes people known. */
  async meet(people: readonly Somebody[], namespace: string): Promise<void> {
    for (let from = 0; from < people.length; from += PEOPLE_AT_A_TIME) {
      const batch = people
        .slice(from, from + PEOPLE_AT_A_TIME)
        .map((somebody) => ({ type: 'identify', ...somebody }));
      await this.call('/v1/batch', { body: { batch } });
    }
    const known = async () => {
      const [row] = await this.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM identifier WHERE namespace = $1',
        [namespace],
      );
      return row?.n === people.length;
    };
    await until('the people', known, 60_000 + people.length * 10);
  }

  /** Plans a message to each, and lets none go yet. */
  async plan(people: readonly Somebody[], message: { channel: string; template: string }): Promise<void> {
    await this.call('/v1/outbound/pause', { key: 'admin', body: { scope: 'all' } });
    const send = async ({ userId }: Somebody) => {
      const body = { identifiers: { userId }, class: 'transactional', ...message };
      const { status, text } = await this.call('/v1/messages', { body });
      if (status !== 202) throw new Error(text);
    };
    for (let from = 0; from < people.length; from += MESSAGES_AT_A_TIME)
      await Promise.all(people.slice(from, from + MESSAGES_AT_A_TIME).map(send));
  }

  async letGo(): Promise<void> {
    await this.call('/v1/outbound/resume', { key: 'admin', body: { scope: 'all' } });
  }

  /** How the message to each address stands. */
  standings(namespace: string): Promise<Ended[]> {
    return this.query<Ended>(
      `SELECT i.value AS address, d.status, d.reason FROM delivery d
       JOIN identifier i ON i.profile_id = d.profile_id AND i.namespace = $1`,
      [namespace],
    );
  }

  /** How many messages still wait, and how many have ended, by status. */
  async counts(): Promise<Record<string, number>> {
    const rows = await this.query<{ status: string; n: number }>(
      'SELECT status, count(*)::int AS n FROM delivery GROUP BY status',
    );
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  }

  /**
   * Kills hosts and the core by turns while messages leave, and starts others in their place.
   * @param more is called after each turn
   */
  async storm(kills: number, more: (turn: number) => Promise<void> = async () => undefined): Promise<void> {
    const all = (await this.counts())['planned'] ?? 0;
    for (let turn = 0; turn < kills; turn += 1) {
      const goal = all * (1 - (turn + 0.5) / kills);
      await until(
        'some to leave',
        async () => {
          await pause(50);
          return ((await this.counts())['planned'] ?? 0) <= goal;
        },
        120_000,
      );
      if (turn % 4 === 3) await this.killCore();
      else await this.killHost();
      await more(turn);
      await this.timePasses();
    }
  }

  /** Waits until every message has one of these ends. @returns how many have which */
  async settle(ends: readonly string[], patience: number): Promise<Record<string, number>> {
    const over = async () => {
      await this.timePasses();
      await pause(500);
      return Object.keys(await this.counts()).every((status) => ends.includes(status));
    };
    await until('the end of all', over, patience).catch(() => undefined);
    return this.counts();
  }

  private async killHost(): Promise<void> {
    await this.hosts.shift()?.kill();
    this.hosts.push(await this.startHost());
  }

  private async killCore(): Promise<void> {
    await this.core.kill();
    this.core = await startCoreProcess(this.environment);
  }

  /**
   * What died holds its leases and its attempts for a while, retries wait, and providers are asked again after minutes:
   * here that time is over.
   */
  private async timePasses(): Promise<void> {
    await this.query(
      `UPDATE bus_message SET leased_until = clock_timestamp() WHERE lease IS NOT NULL AND type LIKE 'connector.%'`,
    );
    await this.query(
      `UPDATE delivery_attempt SET look_at = clock_timestamp()
       WHERE (finished_at IS NULL AND look_at < clock_timestamp() + interval '20 min')
         OR outcome->>'status' = 'unknown'`,
    );
    await this.query(`UPDATE delivery SET due_at = send_at WHERE status = 'planned'`);
  }

  async stop(): Promise<void> {
    await Promise.all([this.core.kill(), ...this.hosts.map((host) => host.kill())]);
    await this.place.remove();
  }

  query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.place.database.database.query<Row>(sql, values);
  }

  private startHost(): Promise<HostProcess> {
    const { PORT: _port, ...environment } = this.environment;
    return startHostProcess(this.options.connector, environment);
  }
}
