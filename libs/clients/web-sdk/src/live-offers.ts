import type { HubClient } from './hub-client.js';
import { openLine, type Line, type WorkerLike } from './live.js';
import type { DecidedZone, Offer } from './repartee.js';
import type { Session } from './session.js';
import type { StreamEvent } from './stream-reader.js';
import type { Surroundings } from './surroundings.js';

/** What the hub pushes while the page is open. */
export class LiveOffers {
  private readonly listeners = new Set<(zone: DecidedZone) => void>();
  /** Around a reconnection an event may come twice. */
  private readonly seen = new Set<unknown>();
  private line: Line | undefined;

  constructor(
    private readonly name: () => string,
    private readonly worker: (() => WorkerLike) | undefined,
    private readonly session: Session,
    private readonly hub: HubClient,
    private readonly surroundings: Surroundings,
  ) {}

  onPushed(listener: (zone: DecidedZone) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  start(): void {
    this.line ??= openLine({
      name: this.name(),
      worker: this.worker,
      surroundings: this.surroundings,
      address: (lastId) => this.address(lastId),
      emit: (event) => this.take(event),
    });
  }

  stop(): void {
    this.line?.close();
    this.line = undefined;
  }

  /** The session stands for somebody else: under another name, or the same with more to see. */
  renew(newName: boolean): void {
    if (!this.line) return;
    if (!newName) return this.line.renew();
    this.stop();
    this.start();
  }

  private async address(lastId: string): Promise<string> {
    const { ticket } = await this.session.with((authorization) =>
      this.hub.post<{ ticket: string }>({ path: '/v1/stream/tickets', body: {}, authorization }),
    );
    const query = new URLSearchParams({ ticket, ...(lastId && { lastEventId: lastId }) });
    return this.hub.address(`/v1/stream?${query}`);
  }

  private take({ type, data }: StreamEvent): void {
    if (type === 'hello') this.session.setTime(data['at']);
    if (type !== 'offer' || this.seen.has(data['id'])) return;
    this.seen.add(data['id']);
    const zone = { zone: String(data['zone']), fallback: null, offers: data['offers'] as Offer[] };
    for (const listener of this.listeners) listener(zone);
  }
}
