import { EventQueue, type KioskEvent } from './event-queue.js';
import { Hub, type HubRequest } from './hub.js';
import { HubClock, type KeptTime } from './hub-clock.js';
import type { KioskDevice } from './pairing.js';
import { SealedStore } from './sealed-store.js';
import type { Surroundings } from './surroundings.js';

const CREDENTIAL = 'credential';
const DEVICE = 'device';
const TIME = 'time';

/** The paired device: its credential, its hub, what it keeps. Nothing in it is a visitor's but the sealed queue. */
export class KioskLink {
  device: KioskDevice | undefined;
  private credential: { secret: string; since: number } | undefined;

  private constructor(
    readonly surroundings: Surroundings,
    readonly store: SealedStore,
    readonly hub: Hub,
    readonly clock: HubClock,
    readonly queue: EventQueue,
  ) {}

  static async open(
    host: string,
    surroundings: Surroundings,
    onReach: (reached: boolean) => void,
  ): Promise<KioskLink> {
    const store = await SealedStore.open(surroundings);
    const hub = new Hub(host, surroundings, onReach);
    const clock = new HubClock(surroundings, await store.read<KeptTime>(TIME));
    const link = new KioskLink(surroundings, store, hub, clock, new EventQueue(store, hub, clock));
    link.credential = await store.read(CREDENTIAL);
    link.device = await store.read(DEVICE);
    return link;
  }

  get paired(): boolean {
    return this.credential !== undefined;
  }

  /** As the device itself. */
  call<T>(request: Omit<HubRequest, 'bearer'>): Promise<T> {
    return this.hub.call<T>({ ...request, bearer: this.secret });
  }

  flush(): Promise<void> {
    return this.queue.flush(this.secret);
  }

  /** The hub said what time it is. */
  async sync(now: string): Promise<void> {
    this.clock.sync(Date.parse(now));
    await this.keepTime();
  }

  /** Time must not go back though the page is closed and the device's clock is set back. */
  async keepTime(): Promise<void> {
    await this.store.write(TIME, this.clock.keep());
  }

  async accept(secret: string): Promise<void> {
    this.credential = { secret, since: this.clock.now() };
    await this.store.write(CREDENTIAL, this.credential);
  }

  async refreshDevice(): Promise<void> {
    this.device = await this.call<KioskDevice>({ method: 'GET', path: '/v1/devices/me' });
    await this.store.write(DEVICE, this.device);
  }

  /** The next credential, where the present one is old. It is kept before it is first shown. */
  async rotate(after: number): Promise<void> {
    if (!this.credential || this.clock.now() - this.credential.since < after) return;
    const { credential } = await this.call<{ credential: string }>({ path: '/v1/devices/me/rotate' });
    await this.accept(credential);
  }

  /** The hub does not know the device any more. */
  async forget(): Promise<void> {
    this.credential = undefined;
    this.device = undefined;
    await this.store.clear();
  }

  /** An event of a visitor, in the hub's time, with an id that makes it count once. */
  async note(
    anonymousId: string,
    what: Pick<KioskEvent, 'type' | 'event' | 'userId' | 'properties'>,
  ): Promise<void> {
    await this.queue.add({
      ...what,
      messageId: `kiosk:${this.device?.id ?? ''}:${this.surroundings.crypto.randomUUID()}`,
      anonymousId,
      timestamp: new Date(this.clock.now()).toISOString(),
      context: { channel: 'kiosk', kiosk: { device: this.device?.id, place: this.device?.place } },
    });
  }

  private get secret(): string {
    return this.credential?.secret ?? '';
  }
}
