import { KioskLink } from './kiosk-link.js';
import { KioskError } from './kiosk-error.js';
import { type KioskDevice, pair } from './pairing.js';
import { Spares } from './spares.js';
import { browserSurroundings, type Surroundings } from './surroundings.js';
import { type Begin, decide, type HubVisit, Visit } from './visit.js';

export interface KioskOptions {
  /** Origin of the hub; the page's own unless given. */
  host?: string;
  /** Of the page; the hub shows it. */
  version: string;
  surroundings?: Surroundings;
}

/** How the kiosk stands. A new object with every change. */
export interface KioskState {
  paired: boolean;
  device: KioskDevice | undefined;
  online: boolean;
  /** Events that wait for the hub. */
  waiting: number;
}

const BEAT_MS = 60_000;
const BEAT_OFFLINE_MS = 5_000;
const ROTATES_AFTER = 86_400_000;
/** What says that the hub does not know the device any more. */
const SHUT_OUT = 'DEVICE.UNAUTHENTICATED';

/** A kiosk: pairs, begins visits, works on while the hub is out of reach, and catches up when it is back. */
export class Kiosk {
  private current: KioskState;
  private visit: Visit | undefined;
  /** Somebody is about to begin a visit: nothing else may. */
  private taken = false;
  private refilling: Promise<void> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly spares: Spares;
  private offlineSince: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beating: Promise<void> | undefined;
  private closed = false;

  private constructor(
    private readonly link: KioskLink,
    private readonly version: string,
  ) {
    this.spares = new Spares(link);
    this.current = { paired: link.paired, device: link.device, online: true, waiting: 0 };
  }

  static async open({
    host = '',
    version,
    surroundings = browserSurroundings(),
  }: KioskOptions): Promise<Kiosk> {
    const hears: { reached?: (reached: boolean) => void } = {};
    const link = await KioskLink.open(host, surroundings, (reached) => hears.reached?.(reached));
    const kiosk = new Kiosk(link, version);
    hears.reached = (reached) => kiosk.reached(reached);
    if (link.paired) void kiosk.beat();
    return kiosk;
  }

  get state(): KioskState {
    return this.current;
  }

  /** The hub's time, milliseconds since the epoch. */
  now(): number {
    return this.link.clock.now();
  }

  /** @returns ends it */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits until an administrator lets the kiosk in. @param onCode a code to show them */
  async pair(onCode: (code: string) => void, signal: AbortSignal): Promise<void> {
    await pair(this.link, onCode, signal);
    await this.link.refreshDevice();
    this.change({ paired: true, device: this.link.device });
    await this.beat();
  }

  /**
   * Begins a visit; the one before is forgotten. While the hub is out of reach anonymous visits and claims by card or
   * code begin all the same; what needs proof rejects with a passing {@link KioskError}.
   */
  async begin(begin: Begin): Promise<Visit> {
    this.taken = true;
    await this.end();
    // The hub knows one visit of a kiosk at a time: one that is begun for spares must not come after this one.
    await this.refilling?.catch(() => undefined);
    try {
      const begun = await this.link.call<HubVisit>({ path: '/v1/devices/me/visits', body: begin });
      await this.link.sync(begun.now);
      this.visit = new Visit(this.link, begun);
    } catch (error) {
      await this.heed(error);
      const claims = begin.by === 'anonymous' || begin.by === 'card' || begin.by === 'code';
      if (!(error instanceof KioskError) || !error.passing || !claims) throw error;
      const spare = await this.spares.take();
      this.visit = new Visit(this.link, spare);
      if (begin.by !== 'anonymous')
        await this.link.note(spare.anonymousId, { type: 'identify', userId: begin.userId });
      await this.visit.track('Visit Begun', { by: begin.by, offline: true });
    } finally {
      this.taken = false;
    }
    return this.visit;
  }

  /** Ends the visit: the visitor is forgotten, the device stays paired. */
  async end(): Promise<void> {
    const { visit } = this;
    if (!visit) return;
    this.visit = undefined;
    await visit.end();
    void this.beat();
  }

  /** Sends what waits, says how the kiosk is, and prepares for the time without a hub. Never rejects. */
  beat(): Promise<void> {
    this.beating ??= this.beatOnce()
      .catch((error: unknown) => this.heed(error))
      .finally(() => {
        this.beating = undefined;
        clearTimeout(this.timer);
        if (!this.closed && this.link.paired)
          this.timer = setTimeout(() => void this.beat(), this.current.online ? BEAT_MS : BEAT_OFFLINE_MS);
      });
    return this.beating;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async beatOnce(): Promise<void> {
    await this.link.keepTime();
    const waiting = await this.link.queue.waiting();
    this.change({ waiting });
    await this.link.call({
      ...{ method: 'PUT', path: '/v1/devices/me/health' },
      body: {
        ...{ version: this.version, waiting, oldestWaitingAt: await this.link.queue.oldestAt() },
        offlineSeconds: Math.round((this.now() - (this.offlineSince ?? this.now())) / 1000),
      },
    });
    await this.link.flush();
    this.change({ waiting: await this.link.queue.waiting() });
    await this.link.refreshDevice();
    this.change({ device: this.link.device });
    await this.link.rotate(ROTATES_AFTER);
    const isFree = () => !this.visit && !this.taken && !this.closed;
    if (!isFree()) return;
    this.refilling = this.spares.refill((visit) => decide(this.link, visit), isFree);
    await this.refilling;
  }

  private reached(online: boolean): void {
    if (!online) this.offlineSince ??= this.now();
    else if (this.current.online) this.offlineSince = undefined;
    if (online === this.current.online) return;
    this.change({ online });
    // Soon again: what waits goes as soon as the hub is back, and its absence is noticed within seconds.
    clearTimeout(this.timer);
    if (!this.beating) this.timer = setTimeout(() => void this.beat(), online ? 0 : BEAT_OFFLINE_MS);
  }

  /** Whoever was shut out pairs anew; nothing of before is kept. */
  private async heed(error: unknown): Promise<void> {
    if (!(error instanceof KioskError)) throw error;
    if (error.code !== SHUT_OUT) return;
    this.visit = undefined;
    await this.link.forget();
    this.change({ paired: false, device: undefined, waiting: 0 });
  }

  private change(change: Partial<KioskState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}
