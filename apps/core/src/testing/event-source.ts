import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { until } from './visibly.js';

export interface ReceivedEvent {
  event: string;
  id?: string;
  data: Record<string, unknown>;
}

/** Reads server-sent events as a browser's EventSource would, with the headers it cannot set. */
export class EventSourceUnderTest {
  readonly events: ReceivedEvent[] = [];
  retry: number | undefined;
  comments = 0;
  ended = false;

  private constructor(private readonly answer: IncomingMessage) {}

  /** Resolves once the stream has begun; an answer that is no stream is there to be looked at. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<EventSourceUnderTest> {
    // Not fetch, which opens a new connection in the place of one that was given up, and leaves it unused.
    const request = get(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const source = new EventSourceUnderTest(answer);
    if (source.status === 200) {
      void source.read();
      await source.next('hello');
    }
    return source;
  }

  get status(): number {
    return this.answer.statusCode ?? 0;
  }

  header(name: string): string | undefined {
    return this.answer.headers[name] as string | undefined;
  }

  /** The code of the problem document that was answered instead. */
  async code(): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.answer) chunks.push(chunk as Buffer);
    return (JSON.parse(Buffer.concat(chunks).toString()) as { code: string }).code;
  }

  /** Waits for an event of this name that fits. */
  next(event: string, fits: (data: Record<string, unknown>) => boolean = () => true): Promise<ReceivedEvent> {
    return until(`the event ${event}`, async () =>
      this.events.find((received) => received.event === event && fits(received.data)),
    );
  }

  named(event: string): ReceivedEvent[] {
    return this.events.filter((received) => received.event === event);
  }

  close(): void {
    this.answer.destroy();
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.answer) {
        text += String(chunk);
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // Closed by the test.
    }
    this.ended = true;
  }

  private take(block: string): void {
    if (block.startsWith(':')) {
      this.comments += 1;
      return;
    }
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const retry = fields.get('retry');
    if (retry !== undefined) this.retry = Number(retry);
    const id = fields.get('id');
    this.events.push({
      event: fields.get('event') ?? 'message',
      data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>,
      ...(id !== undefined && { id }),
    });
  }
}
