import { phoneOf, type TextMessage } from './text-message.js';

/** What a listing asks for; times in milliseconds since the epoch. */
export interface TextQuery {
  to?: string;
  from?: string;
  sentFrom?: number;
  sentBefore?: number;
}

/** A phone, with the newest text on it. */
export interface Phone {
  number: string;
  last: TextMessage;
  count: number;
  unread: number;
}

/** All texts, newest kept; and who asked not to get any. */
export class MessageBook {
  private readonly bySid = new Map<string, TextMessage>();
  private readonly byPhone = new Map<string, Set<string>>();
  private readonly optedOut = new Set<string>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly capacity: number) {}

  add(message: TextMessage): void {
    this.bySid.set(message.sid, message);
    const phone = phoneOf(message);
    this.byPhone.set(phone, (this.byPhone.get(phone) ?? new Set()).add(message.sid));
    for (const [oldest] of this.bySid) {
      if (this.bySid.size <= this.capacity) break;
      this.drop(oldest);
    }
    this.changed();
  }

  get(sid: string): TextMessage | undefined {
    return this.bySid.get(sid);
  }

  /** Changes a text that is still there. */
  update(sid: string, change: Partial<TextMessage>): TextMessage | undefined {
    const message = this.bySid.get(sid);
    if (!message) return undefined;
    Object.assign(message, change);
    this.changed();
    return message;
  }

  remove(sid: string): boolean {
    const removed = this.drop(sid);
    if (removed) this.changed();
    return removed;
  }

  clear(): void {
    this.bySid.clear();
    this.byPhone.clear();
    this.optedOut.clear();
    this.changed();
  }

  /** Newest first. */
  list({ to, from, sentFrom = -Infinity, sentBefore = Infinity }: TextQuery): TextMessage[] {
    const dated = sentFrom > -Infinity || sentBefore < Infinity;
    return [...this.bySid.values()]
      .filter(
        (message) =>
          (to === undefined || message.to === to) &&
          (from === undefined || message.from === from) &&
          (!dated || (message.sentAt !== null && message.sentAt >= sentFrom && message.sentAt < sentBefore)),
      )
      .reverse();
  }

  /** The phones, the one with the newest text first. */
  phones(): Phone[] {
    return [...this.byPhone.keys()]
      .flatMap((number) => {
        const texts = this.conversation(number);
        const last = texts.at(-1);
        const unread = texts.filter((text) => !text.seen && text.status === 'delivered').length;
        return last ? [{ number, last, count: texts.length, unread }] : [];
      })
      .sort((a, b) => b.last.createdAt - a.last.createdAt);
  }

  /** Oldest first. */
  conversation(number: string): TextMessage[] {
    return [...(this.byPhone.get(number) ?? [])].flatMap((sid) => this.bySid.get(sid) ?? []);
  }

  optOut(phone: string, sender: string): void {
    this.optedOut.add(`${phone} ${sender}`);
    this.changed();
  }

  /** @returns whether the phone had opted out */
  optIn(phone: string, sender: string): boolean {
    const had = this.optedOut.delete(`${phone} ${sender}`);
    if (had) this.changed();
    return had;
  }

  hasOptedOut(phone: string, sender: string): boolean {
    return this.optedOut.has(`${phone} ${sender}`);
  }

  /** @returns ends it */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private drop(sid: string): boolean {
    const message = this.bySid.get(sid);
    if (!message) return false;
    this.bySid.delete(sid);
    const phone = phoneOf(message);
    const sids = this.byPhone.get(phone);
    sids?.delete(sid);
    if (sids?.size === 0) this.byPhone.delete(phone);
    return true;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
