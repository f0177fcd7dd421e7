import { SseParser } from './sse-parser.js';

export interface LiveEvent {
  type: string;
  data: Record<string, unknown>;
}

/** `live`: what happens is heard. `refused`: the hub does not let us listen; nobody tries again. */
export type StreamState = 'connecting' | 'live' | 'refused';

export interface ReaderParts {
  url: string;
  fetch: typeof fetch;
  onEvent(event: LiveEvent): void;
  onState(state: StreamState): void;
  random?(): number;
}

/** Milliseconds of silence after which the line is taken for dead; the hub says something every 15 s. */
const SILENCE = 35_000;
const LONGEST_WAIT = 15_000;

/**
 * Holds one stream open, and comes back behind the last event that was heard. It reads by `fetch`, not by
 * `EventSource`: that hides why a stream was refused, and cannot tell a silent line from a dead one.
 */
export class StreamReader {
  private controller: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private lastId = '';
  private state: StreamState = 'connecting';

  constructor(private readonly parts: ReaderParts) {}

  start(): void {
    this.stop();
    const controller = new AbortController();
    this.controller = controller;
    void this.run(controller);
  }

  stop(): void {
    this.controller?.abort();
    clearTimeout(this.timer);
    clearTimeout(this.watch);
  }

  private async run(controller: AbortController): Promise<void> {
    let wait: number | undefined;
    try {
      const response = await this.parts.fetch(this.parts.url, {
        credentials: 'same-origin',
        headers: { accept: 'text/event-stream', ...(this.lastId && { 'last-event-id': this.lastId }) },
        signal: controller.signal,
      });
      if ([400, 401, 403].includes(response.status)) return this.say('refused');
      if (!response.ok || !response.body) throw new Error(`the stream answered ${response.status}`);
      wait = await this.read(response.body, controller);
    } catch {
      // Whatever broke it, the next one begins behind the last event.
    }
    if (controller.signal.aborted && this.controller !== controller) return;
    this.say('connecting');
    this.failures += 1;
    const backOff = Math.min(LONGEST_WAIT, 500 * 2 ** this.failures) * (0.5 + (this.parts.random?.() ?? 0.5));
    this.timer = setTimeout(() => this.start(), wait ?? backOff);
  }

  /** Until it ends. @returns how long the hub asks to wait */
  private async read(
    body: ReadableStream<Uint8Array>,
    controller: AbortController,
  ): Promise<number | undefined> {
    const parser = new SseParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let wait: number | undefined;
    this.alive(controller);
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      this.alive(controller);
      for (const { type, id, data, retry } of parser.feed(decoder.decode(step.value, { stream: true }))) {
        this.failures = 0;
        this.lastId = id || this.lastId;
        if (type === 'bye') wait = retry;
        if (type === 'hello') this.say('live');
        this.parts.onEvent({ type, data: JSON.parse(data) as Record<string, unknown> });
      }
    }
    return wait;
  }

  /** A line over which nothing came for too long is dropped. */
  private alive(controller: AbortController): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => controller.abort(), SILENCE);
  }

  private say(state: StreamState): void {
    if (state === this.state) return;
    this.state = state;
    this.parts.onState(state);
  }
}
