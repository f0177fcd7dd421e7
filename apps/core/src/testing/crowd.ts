interface OrderEvent {
  type: 'track';
  userId: string;
  event: string;
  messageId: string;
  properties: { order_id: string; total: number };
}

const CUSTOMERS = 25;
const PATIENCE = 3000;

/**
 * Senders who will not be discouraged: single events and batches, one after the other. What was not answered is sent
 * again, sometimes, as SDKs do; what was answered with 200 is remembered.
 */
export class Crowd {
  readonly acknowledged = new Set<string>();
  /** Requests that nobody answered. */
  unanswered = 0;
  private made = 0;
  private going = true;

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  stop(): void {
    this.going = false;
  }

  /** One sender at work, until all are told to stop. */
  async send(): Promise<void> {
    while (this.going) {
      const size = Math.random() < 0.5 ? 1 : 1 + Math.floor(Math.random() * 60);
      const events = Array.from({ length: size }, () => this.event());
      while (!(await this.delivered(events))) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (Math.random() < 0.02) break;
      }
    }
  }

  /** An order of its own each, or a refund of nothing: its effect shows in the count of events alone. */
  private event(): OrderEvent {
    this.made += 1;
    const completed = Math.random() < 0.8;
    return {
      type: 'track',
      userId: `customer-${Math.floor(Math.random() * CUSTOMERS)}`,
      event: completed ? 'Order Completed' : 'Order Refunded',
      messageId: `m${this.made}`,
      properties: { order_id: `o${this.made}`, total: completed ? this.made % 100 : 0 },
    };
  }

  private async delivered(events: OrderEvent[]): Promise<boolean> {
    const [first] = events;
    const alone = events.length === 1;
    try {
      const answer = await fetch(`${this.url}/v1/${alone ? 'track' : 'batch'}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(alone ? first : { batch: events }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      await answer.arrayBuffer();
      if (answer.status !== 200) return false;
      for (const { messageId } of events) this.acknowledged.add(messageId);
      return true;
    } catch {
      this.unanswered += 1;
      return false;
    }
  }
}
