import { type LiveEvent, type ReaderParts, StreamReader, type StreamState } from './stream-reader.js';

/** From the holder of the stream to a page. Events are numbered, so that a page sees when it missed one. */
export type ToPage =
  | { seq: number; event: LiveEvent }
  | { state: StreamState; seq: number }
  /** What was missed is no longer there: ask for everything anew. */
  | { gap: number };
export type FromPage = { join: string } | { replayAfter: number } | { leave: true };

/** A page's end, as the shared worker sees it. */
export interface PagePort {
  postMessage(message: ToPage): void;
  onmessage: ((message: MessageEvent<FromPage>) => void) | null;
}

/** Events kept for pages that missed some. */
const KEPT = 500;

/** One stream for all pages of a browser. */
class SharedStream {
  private readonly pages = new Set<PagePort>();
  private readonly kept: { seq: number; event: LiveEvent }[] = [];
  private readonly reader: StreamReader;
  private state: StreamState = 'connecting';
  private seq = 0;

  constructor(parts: Pick<ReaderParts, 'url' | 'fetch'>) {
    this.reader = new StreamReader({
      ...parts,
      random: Math.random,
      onEvent: (event) => this.publish(event),
      onState: (state) => {
        this.state = state;
        this.tell({ state, seq: this.seq });
      },
    });
  }

  join(page: PagePort): void {
    this.pages.add(page);
    page.postMessage({ state: this.state, seq: this.seq });
    // Whoever was refused may have signed in meanwhile.
    if (this.pages.size === 1 || this.state === 'refused') this.reader.start();
  }

  leave(page: PagePort): void {
    this.pages.delete(page);
    if (this.pages.size === 0) this.reader.stop();
  }

  replay(page: PagePort, after: number): void {
    const missed = this.kept.filter(({ seq }) => seq > after);
    if (missed.length < this.seq - after) page.postMessage({ gap: this.seq });
    else for (const one of missed) page.postMessage(one);
  }

  private publish(event: LiveEvent): void {
    const numbered = { seq: (this.seq += 1), event };
    this.kept.push(numbered);
    if (this.kept.length > KEPT) this.kept.shift();
    this.tell(numbered);
  }

  private tell(message: ToPage): void {
    for (const page of this.pages) page.postMessage(message);
  }
}

/** What a shared worker, or a page without one, does with each page that connects. */
export function shareStreams(fetchStream: typeof fetch): (page: PagePort) => void {
  const streams = new Map<string, SharedStream>();
  return (page) => {
    let joined: SharedStream | undefined;
    page.onmessage = ({ data }) => {
      if ('join' in data) {
        joined?.leave(page);
        joined = streams.get(data.join) ?? new SharedStream({ url: data.join, fetch: fetchStream });
        streams.set(data.join, joined);
        joined.join(page);
      } else if ('replayAfter' in data) joined?.replay(page, data.replayAfter);
      else joined?.leave(page);
    };
  };
}
