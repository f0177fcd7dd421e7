/** Something an agent did that the hub has to hear once, however long the line is down. */
export interface Errand {
  /** Idempotency key. */
  id: string;
  path: string;
  body: unknown;
  /** Of what it is about, to show it there. */
  about: string;
}

export type Delivered = { done: true } | { refused: { code: string; detail: string } } | { later: true };

interface OutboxParts {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  key: string;
  deliver(errand: Errand): Promise<Delivered>;
  /** The hub said no, and will not say yes later. */
  onRefused(errand: Errand, why: { code: string; detail: string }): void;
  onChange(waiting: readonly Errand[]): void;
}

/** Keeps what is to be told to the hub in the browser until it was heard: in order, each once. */
export class Outbox {
  private waiting: Errand[];
  private busy = false;

  constructor(private readonly parts: OutboxParts) {
    this.waiting = JSON.parse(parts.storage.getItem(parts.key) ?? '[]') as Errand[];
    parts.onChange(this.waiting);
  }

  add(errand: Errand): void {
    this.keep([...this.waiting, errand]);
    void this.flush();
  }

  /** Tells what waits, until the hub cannot be reached. */
  async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (let errand = this.waiting[0]; errand; errand = this.waiting[0]) {
        const answer = await this.parts.deliver(errand);
        if ('later' in answer) return;
        if ('refused' in answer) this.parts.onRefused(errand, answer.refused);
        this.keep(this.waiting.slice(1));
      }
    } finally {
      this.busy = false;
    }
  }

  private keep(waiting: Errand[]): void {
    this.waiting = waiting;
    const { storage, key } = this.parts;
    if (waiting.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(waiting));
    this.parts.onChange(waiting);
  }
}
