import { BackgroundLoop, type Clock, UnreadableSecretError } from '@repartee/platform';
import type { Endpoint, EndpointStore } from './endpoint-store.js';
import type { DueMessage, MessageStore } from './message-store.js';
import { judge } from './verdict.js';
import type { Sent, WebhookSender } from './webhook-sender.js';

/** Messages under way to one endpoint at a time. */
const AT_A_TIME = 5;
/** Milliseconds between looks for what became due, and while another process sends. */
const IDLE = 500;
const ELSEWHERE = 2000;
const FAILED = 2000;

/** What signs, or why nothing does. */
type Keys = readonly string[] | UnreadableSecretError;

export interface LaneTools {
  endpoints: EndpointStore;
  messages: MessageStore;
  sender: WebhookSender;
  clock: Clock;
  /** Names this process. */
  holder: string;
  failed: (error: unknown) => void;
  sent: (result: 'delivered' | 'waiting' | 'failed') => void;
}

/** What goes to one endpoint. Each has a lane of its own, so that one that is dead or slow holds up no other. */
export class WebhookLane {
  private readonly loop: BackgroundLoop;
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly endpointId: string,
    private readonly tools: LaneTools,
  ) {
    const { failed } = tools;
    this.loop = new BackgroundLoop({ round: () => this.round(), failed, pause: FAILED });
  }

  start(): void {
    this.loop.start();
  }

  ring(): void {
    this.loop.ring();
  }

  /** Begins nothing more, and lets what is under way end. */
  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.allSettled(this.underWay.values());
  }

  private async round(): Promise<number> {
    const { endpoints, messages, holder } = this.tools;
    const endpoint = await endpoints.lease(this.endpointId, holder);
    if (!endpoint) return ELSEWHERE;
    const room = AT_A_TIME - this.underWay.size;
    if (room <= 0) return IDLE;
    const { ordered } = endpoint;
    const due = await messages.due(endpoint.id, {
      underWay: [...this.underWay.keys()],
      ordered,
      limit: room,
    });
    if (due.length === 0) return IDLE;
    const keys = await endpoints.signingKeys(endpoint).catch((error: unknown) => {
      // What cannot be signed shows in the log of attempts, as what cannot be sent does.
      if (error instanceof UnreadableSecretError) return error;
      throw error;
    });
    for (const message of due) this.begin(endpoint, message, keys);
    return due.length < room ? IDLE : 1;
  }

  private begin(endpoint: Endpoint, message: DueMessage, keys: Keys): void {
    const run = this.send(endpoint, message, keys)
      .catch(this.tools.failed)
      .finally(() => {
        this.underWay.delete(message.id);
        this.loop.ring();
      });
    this.underWay.set(message.id, run);
  }

  private async send(endpoint: Endpoint, message: DueMessage, keys: Keys): Promise<void> {
    const { clock, messages, sender } = this.tools;
    const at = clock.now();
    const { answer, latencyMs, excerpt } =
      keys instanceof Error ? unsigned(keys) : await sender.send(endpoint.url, message, keys);
    const failingFor = endpoint.failingSince === null ? 0 : at - endpoint.failingSince;
    const verdict = judge(answer, message.tries + 1, failingFor, Math.random());
    const { id: messageId } = message;
    await messages.settle({
      ...{ endpointId: endpoint.id, messageId, at, latencyMs, excerpt, verdict },
      status: answer.status,
    });
    this.tools.sent(verdict.message);
  }
}

function unsigned({ message }: Error): Sent {
  return { answer: { status: null, error: message }, latencyMs: 0, excerpt: message };
}
