import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../clock/index.js';
import { GroupCommit } from '../../group-commit/index.js';
import type { BusSettings } from '../bus-settings.js';
import type { Inbox } from '../inbox.js';
import type { IntakeOrder } from '../intake.js';
import type { Lane } from '../lane.js';
import { Runner, type RunnerParts } from '../runner.js';
import { verdictOfLapse, type Verdict } from '../verdict.js';
import { readArrival, type Arrival, type Delivered } from './arrival.js';
import type { JetStreamMessages } from './jetstream-messages.js';
import type { NatsMetrics } from './nats-metrics.js';
import { Puller } from './puller.js';
import { durableOf } from './subjects.js';

export interface NatsConsumerParts extends Omit<RunnerParts, 'held' | 'onFailure' | 'onError'> {
  clock: Clock;
  settings: BusSettings;
  messages: JetStreamMessages;
  inbox: Inbox;
  natsMetrics: NatsMetrics;
}

const ASKED_TOGETHER = 1_000;
const DATABASE_AWAY_MS = 200;

/** Pulls messages of the types it has handlers for from JetStream, and runs these, each message once. */
export class NatsConsumer {
  private readonly runner: Runner;
  private readonly pullers = new Map<Lane, Puller>();
  /** Messages between the server and their lane. */
  private readonly arriving = new Map<Lane, number>();
  private readonly gate: GroupCommit<{ lane: Lane; arrival: Arrival }>;
  private connection: NatsConnection | undefined;
  private stopping = false;

  constructor(
    private readonly parts: NatsConsumerParts,
    private readonly order: IntakeOrder,
  ) {
    const { types, handle } = order;
    this.runner = new Runner(types, handle, { ...parts, ...order, held: parts.messages }, (lane) =>
      this.pullers.get(lane)?.refill(),
    );
    this.gate = new GroupCommit({
      write: (arrivals) => this.admit(arrivals),
      maxItems: ASKED_TOGETHER,
      concurrency: 1,
    });
  }

  start(): void {
    this.runner.start();
  }

  /** Begins to pull, or goes on after a reconnect. */
  async connected(connection: NatsConnection): Promise<void> {
    if (this.stopping) return;
    if (connection !== this.connection) {
      this.connection = connection;
      for (const lane of this.runner.lanes) {
        const room = () => lane.wanted() - (this.arriving.get(lane) ?? 0);
        const deliver = (delivered: Delivered) => this.arrive(lane, delivered);
        // Of the connection before, which was closed for good.
        void this.pullers.get(lane)?.stop();
        this.pullers.set(lane, new Puller(connection, durableOf(lane.type), room, deliver));
      }
    }
    for (const puller of this.pullers.values()) puller.restart();
  }

  /** Pulls no more, then as {@link Runner.stop}. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.pullers.values()].map((puller) => puller.stop()));
    await this.gate.drained();
    await this.runner.stop();
  }

  private arrive(lane: Lane, delivered: Delivered): void {
    const arrival = readArrival(delivered, lane.type, this.parts.clock.now());
    if (arrival.deliveries > 1) this.parts.natsMetrics.redelivered(lane.type);
    // It is in hand already: the server did not hear of it in time.
    if (!this.parts.messages.take(arrival.message)) return;
    this.runner.hold([arrival.message]);
    this.arriving.set(lane, (this.arriving.get(lane) ?? 0) + 1);
    void this.gate.add([{ lane, arrival }]);
  }

  /** Sorts what arrived: handled before, lost by another worker, unreadable, or for its handler. */
  private async admit(arrivals: { lane: Lane; arrival: Arrival }[]): Promise<void> {
    const handled = await this.handled(arrivals.map(({ arrival }) => arrival.message.id));
    const ready = new Map<Lane, Arrival['message'][]>();
    for (const { lane, arrival } of arrivals) {
      this.arriving.set(lane, (this.arriving.get(lane) ?? 0) - 1);
      if (!handled) continue;
      const { message } = arrival;
      if (handled.has(message.id)) this.runner.settle(message, 'handled');
      else if (arrival.unreadable !== undefined)
        this.decide(message, { cause: 'permanent', reason: arrival.unreadable });
      else if (arrival.deliveries > 1) this.lapse(message);
      else append(ready, lane, message);
    }
    for (const [lane, messages] of ready) this.runner.add(lane, messages, Infinity);
    this.runner.startWhatMay();
    for (const puller of this.pullers.values()) puller.refill();
  }

  /** Asks the inbox until the database answers; not once we stop: what was not asked for comes again. */
  private async handled(ids: string[]): Promise<Set<string> | undefined> {
    for (;;) {
      try {
        return await this.parts.inbox.handled(ids);
      } catch (error) {
        this.order.onError(error);
        if (this.stopping) return undefined;
        await new Promise((resolve) => setTimeout(resolve, DATABASE_AWAY_MS));
      }
    }
  }

  /**
   * The worker that had it died or froze. It waits for a random while like any failed try: it may be what killed the
   * worker, and its neighbours should not meet it again in one batch.
   */
  private lapse(message: Arrival['message']): void {
    const { settings, clock } = this.parts;
    const attempt = message.attempt - 1;
    const verdict = verdictOfLapse(attempt, settings.retry, clock.now(), settings.random());
    this.decide({ ...message, attempt }, verdict);
  }

  private decide(message: Arrival['message'], verdict: Verdict): void {
    this.order.onVerdict(message, verdict);
    this.runner.settle(message, verdict);
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
