import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { namesFact } from '@repartee/contracts';
import { Clock, type Counter, Happenings, Housekeeping, Metrics, newId } from '@repartee/platform';
import { type Endpoint, EndpointStore } from './endpoint-store.js';
import { MessageStore } from './message-store.js';
import { WebhookLane } from './webhook-lane.js';
import { WebhookSender } from './webhook-sender.js';

/** Milliseconds between looks for endpoints that others made or changed. */
const LOOK = 1000;

/** Knows the endpoints, and keeps a lane for each that is enabled. */
@Injectable()
export class WebhookLanes implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhookLanes.name);
  private readonly holder = newId();
  private readonly lanes = new Map<string, WebhookLane>();
  private readonly attempts: Counter<'result'>;
  private enabled: readonly Endpoint[] = [];
  private sending = false;

  constructor(
    @Inject(EndpointStore) private readonly endpoints: EndpointStore,
    @Inject(MessageStore) private readonly messages: MessageStore,
    @Inject(WebhookSender) private readonly sender: WebhookSender,
    @Inject(Happenings) private readonly happenings: Happenings,
    @Inject(Housekeeping) private readonly housekeeping: Housekeeping,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.attempts = metrics.counter('repartee_webhook_attempts_total', 'Tries to tell webhooks', ['result']);
  }

  async onModuleInit(): Promise<void> {
    this.happenings.tellBy({
      wants: (type) => this.isWanted(type),
      keep: async (tx, happenings) => {
        await this.messages.add(tx, happenings);
        tx.afterCommit(() => this.ring());
      },
    });
    await this.look();
    this.housekeeping.every(LOOK, 'looking for changed webhooks', () => this.look());
  }

  onApplicationBootstrap(): void {
    this.sending = true;
    this.keepLanes();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.sending = false;
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
    await this.endpoints.release(this.holder);
  }

  /** Reads the endpoints again. To be awaited after a change that must be in force here. */
  async look(): Promise<void> {
    this.enabled = (await this.endpoints.all()).filter(({ enabled }) => enabled);
    this.keepLanes();
  }

  /** Whether anybody wants to hear of a type. */
  isWanted(type: string): boolean {
    return this.enabled.some(({ types }) => namesFact(types, type));
  }

  /** There may be something to send. */
  ring(): void {
    for (const lane of this.lanes.values()) lane.ring();
  }

  private keepLanes(): void {
    if (!this.sending) return;
    const ids = new Set(this.enabled.map(({ id }) => id));
    for (const [id, lane] of this.lanes)
      if (!ids.has(id)) {
        this.lanes.delete(id);
        void lane.stop();
      }
    for (const id of ids) if (!this.lanes.has(id)) this.lanes.set(id, this.begin(id));
  }

  private begin(id: string): WebhookLane {
    const { endpoints, messages, sender, clock, holder } = this;
    const failed = (error: unknown) => this.logger.warn(`webhook ${id}: ${String(error)}`);
    const sent = (result: string) => this.attempts.inc({ result });
    const lane = new WebhookLane(id, { endpoints, messages, sender, clock, holder, failed, sent });
    lane.start();
    return lane;
  }
}
