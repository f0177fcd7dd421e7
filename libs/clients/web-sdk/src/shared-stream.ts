import { StreamReader, type EventSourceLike, type StreamEvent } from './stream-reader.js';

/** A page's end, as the shared worker sees it. */
export interface PagePort {
  postMessage(message: { ask: string } | { event: StreamEvent }): void;
  onmessage: ((event: MessageEvent<PageMessage>) => void) | null;
  start?(): void;
}

export interface PageMessage {
  join?: string;
  leave?: boolean;
  renew?: boolean;
  address?: string;
}

/** Milliseconds a page has to fetch a ticket; one that is gone or asleep does not answer. */
const PATIENCE_MS = 8000;

/** One stream for all pages of one visitor, held by the site's shared worker. Pages fetch the tickets: it holds no key. */
class SharedStream {
  private readonly pages = new Set<PagePort>();
  private answer: ((address: string) => void) | undefined;
  private readonly reader: StreamReader;

  constructor(open: (address: string) => EventSourceLike) {
    this.reader = new StreamReader({
      address: (lastId) => this.ask(lastId),
      open,
      emit: (event) => this.pages.forEach((page) => page.postMessage({ event })),
      random: () => Math.random(),
    });
  }

  join(page: PagePort): void {
    this.pages.add(page);
    if (this.pages.size === 1) this.reader.start();
  }

  leave(page: PagePort): void {
    this.pages.delete(page);
    if (this.pages.size === 0) this.reader.stop();
  }

  renew(): void {
    this.reader.start();
  }

  answered(address: string): void {
    this.answer?.(address);
  }

  /** Asks the page that came last; one that does not answer is gone. */
  private ask(lastId: string): Promise<string> {
    const page = [...this.pages].at(-1);
    if (!page) return Promise.reject(new Error('no page is open'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pages.delete(page);
        reject(new Error('the page is gone'));
      }, PATIENCE_MS);
      this.answer = (address) => {
        clearTimeout(timer);
        if (address) resolve(address);
        else reject(new Error('no ticket'));
      };
      page.postMessage({ ask: lastId });
    });
  }
}

/** What a shared worker does with each page that connects. */
export function shareStreams(open: (address: string) => EventSourceLike): (page: PagePort) => void {
  const streams = new Map<string, SharedStream>();
  return (page) => {
    let stream: SharedStream | undefined;
    page.onmessage = ({ data }) => {
      if (data.join !== undefined) {
        stream = streams.get(data.join) ?? new SharedStream(open);
        streams.set(data.join, stream);
        stream.join(page);
      }
      if (data.address !== undefined) stream?.answered(data.address);
      if (data.renew) stream?.renew();
      if (data.leave) stream?.leave(page);
    };
    page.start?.();
  };
}
