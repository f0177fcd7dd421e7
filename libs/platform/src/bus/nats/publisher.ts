import {
  createInbox,
  headers,
  type Msg,
  type NatsConnection,
  type Subscription,
} from '@nats-io/transport-node';

export interface Publication {
  subject: string;
  payload: string;
  headers: Readonly<Record<string, string>>;
}

const ACKNOWLEDGED_WITHIN_MS = 5_000;

interface Batch {
  open: number;
  problem: string | undefined;
  /** Ends it: with an error of the connection, with the problem, or well. */
  over: (error?: unknown) => void;
}

/** Publishes batches to JetStream: all messages at once, then all answers. */
export class Publisher {
  private readonly inbox = createInbox();
  private readonly subscription: Subscription;
  private readonly batches = new Map<string, Batch>();
  private last = 0;

  /** @param patience milliseconds until what was not acknowledged counts as lost */
  constructor(
    readonly connection: NatsConnection,
    private readonly patience = ACKNOWLEDGED_WITHIN_MS,
  ) {
    this.subscription = connection.subscribe(`${this.inbox}.*`, {
      callback: (_error, answer) => this.answered(answer),
    });
  }

  /** Resolves when every message is stored in the stream. Rejects when that is not known of one of them. */
  async publish(messages: Publication[]): Promise<void> {
    if (messages.length === 0) return;
    this.last += 1;
    const reply = `${this.inbox}.${this.last}`;
    const answers = this.expect(reply, messages.length);
    try {
      for (const message of messages) this.send(message, reply);
    } catch (error) {
      // A connection that is no more: nobody would hear of the answers that fail to come.
      this.batches.get(reply)?.over(error);
    }
    await answers;
  }

  private send({ subject, payload, headers: fields }: Publication, reply: string): void {
    const all = headers();
    for (const name in fields) all.set(name, fields[name] ?? '');
    this.connection.publish(subject, payload, { headers: all, reply });
  }

  close(): void {
    this.subscription.unsubscribe();
  }

  private expect(reply: string, count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () => {
        batch.problem ??= `${batch.open} of ${count} messages were not acknowledged`;
        batch.over();
      };
      const timer = setTimeout(late, this.patience);
      const batch: Batch = {
        open: count,
        problem: undefined,
        over: (error) => {
          clearTimeout(timer);
          this.batches.delete(reply);
          if (error !== undefined) reject(error);
          else if (batch.problem === undefined) resolve();
          else reject(new Error(`JetStream: ${batch.problem}`));
        },
      };
      this.batches.set(reply, batch);
    });
  }

  private answered(answer: Msg): void {
    const batch = this.batches.get(answer.subject);
    if (!batch) return;
    batch.open -= 1;
    batch.problem ??= problemOf(answer);
    if (batch.open === 0) batch.over();
  }
}

function problemOf(answer: Msg): string | undefined {
  if (answer.headers?.code) return `nobody stores what is published (${answer.headers.code})`;
  // Parsing is for the rare one that is none.
  const text = answer.string();
  return text.includes('"error"') ? text.slice(0, 300) : undefined;
}
