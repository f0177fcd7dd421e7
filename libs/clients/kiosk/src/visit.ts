import type { KioskLink } from './kiosk-link.js';
import { KioskError } from './kiosk-error.js';
import { type Decided, type KioskOffer, stillValid, type ZoneOffers } from './offers.js';
import type { SpareOffers } from './spares.js';

/** How a visit begins. A card or a code is a claim; a signed QR code and a number's code prove who is there. */
export type Begin =
  | { by: 'anonymous' }
  | { by: 'card' | 'code'; userId: string }
  | { by: 'qr'; userToken: string }
  | { by: 'phone'; phone: string; language?: string };

/** A visit as the hub tells it. */
export interface HubVisit {
  id: string;
  anonymousId: string;
  token: string;
  known: boolean;
  /** E.164, where a code was sent. */
  phone?: string;
  idleAt: string;
  now: string;
}

export type Answer = 'Viewed' | 'Accepted' | 'Dismissed';

const OFFERS_A_ZONE = 6;

/** One visitor. All of it is in memory; once it has ended, nothing is. */
export class Visit {
  private hubVisit: HubVisit | undefined;
  private spare: SpareOffers | undefined;
  private decided: Decided | undefined;
  private answered = new Set<string>();
  private localIdleAt: number;

  /** @param begun by the hub, or offers for a visitor whom it knows nothing of */
  constructor(
    private readonly link: KioskLink,
    begun: HubVisit | SpareOffers,
  ) {
    if ('token' in begun) this.hubVisit = begun;
    else this.spare = begun;
    this.localIdleAt = link.clock.now() + this.idleFor;
  }

  get known(): boolean {
    return this.hubVisit?.known ?? false;
  }

  get offline(): boolean {
    return this.hubVisit === undefined;
  }

  get phone(): string | undefined {
    return this.hubVisit?.phone;
  }

  /** When it ends unless somebody touches the screen, by the hub's clock; milliseconds since the epoch. */
  get idleAt(): number {
    return this.localIdleAt;
  }

  get dialogueId(): string | undefined {
    return this.decided?.dialogueId ?? this.spare?.dialogueId;
  }

  /** What the zones show now; never what is over. */
  async offers(locale: string): Promise<ZoneOffers[]> {
    if (this.spare) return stillValid(this.spare.zones, this.link.clock.now());
    try {
      this.decided = await decide(this.link, this.visit, locale);
    } catch (error) {
      if (!(error instanceof KioskError) || !error.passing) throw error;
      // What was shown before the hub went away may go on being shown.
      if (!this.decided) throw error;
    }
    return stillValid(this.decided.zones, this.link.clock.now());
  }

  /** What became of an offer: each answer once. Sent now, or kept until the hub can be reached. */
  async answer({ offer, token }: KioskOffer, answer: Answer, zone: string): Promise<void> {
    const key = `${answer} ${token}`;
    if (this.answered.has(key)) return;
    this.answered.add(key);
    // A token that others were shown, too, speaks for none of them.
    const speaks = this.spare === undefined || this.spare.own;
    const properties = { offer, zone, offline: this.offline, ...(speaks && { token }) };
    await this.track(speaks ? `Offer ${answer}` : `Offer Of All ${answer}`, properties);
  }

  async track(event: string, properties: Record<string, unknown> = {}): Promise<void> {
    await this.link.note(this.anonymousId, { type: 'track', event, properties });
  }

  /** Somebody is there. Rejects with KIOSK.VISIT_ENDED when the hub has ended the visit. */
  async touch(): Promise<void> {
    this.localIdleAt = this.link.clock.now() + this.idleFor;
    if (!this.hubVisit) return;
    try {
      await this.take(await this.link.call<HubVisit>({ path: `${this.path}/touch` }));
    } catch (error) {
      if (!(error instanceof KioskError) || !error.passing) throw error;
    }
  }

  /** Rejects with KIOSK.WRONG_CODE (`details.triesLeft`) or KIOSK.CODE_OVER. */
  async prove(code: string): Promise<void> {
    const body = { phone: this.phone, code };
    await this.take(await this.link.call<HubVisit>({ path: `${this.path}/proof`, body }));
  }

  /** A one-time address for the visitor's phone, which takes these offers along. */
  async handOver(
    offers: (KioskOffer & { accepted: boolean })[],
  ): Promise<{ url: string; expiresAt: string }> {
    if (!this.hubVisit) throw new KioskError('Only what the hub knows of can go on on a phone', 0);
    const carried = {
      ...(this.dialogueId !== undefined && { dialogueId: this.dialogueId }),
      offers: offers.map(({ offer, content, token, validUntil, accepted }) => ({
        ...{ offer, content, token, validUntil, accepted },
      })),
    };
    return this.link.call({ path: `${this.path}/hand-over`, body: { carried } });
  }

  /** Whether the visit is still the kiosk's: a phone that took it over ends it here. */
  async isHere(): Promise<boolean> {
    if (!this.hubVisit) return false;
    try {
      await this.link.call({ method: 'GET', path: this.path });
      return true;
    } catch (error) {
      return error instanceof KioskError && error.passing;
    }
  }

  /** Forgets the visitor here and at the hub. */
  async end(): Promise<void> {
    const path = this.hubVisit && this.path;
    this.hubVisit = undefined;
    this.spare = undefined;
    this.decided = undefined;
    this.answered.clear();
    if (path === undefined) return;
    try {
      await this.link.call({ method: 'DELETE', path });
    } catch (error) {
      // It ends by itself when it idles, or when the next visit begins.
      if (!(error instanceof KioskError)) throw error;
    }
  }

  private async take(visit: HubVisit): Promise<void> {
    await this.link.sync(visit.now);
    this.hubVisit = { ...visit, ...(this.phone !== undefined && { phone: this.phone }) };
    this.localIdleAt = Date.parse(visit.idleAt);
  }

  private get anonymousId(): string {
    return this.hubVisit?.anonymousId ?? this.spare?.anonymousId ?? '';
  }

  private get visit(): HubVisit {
    if (!this.hubVisit) throw new KioskError('The visit is over', 410, 'KIOSK.VISIT_ENDED');
    return this.hubVisit;
  }

  private get path(): string {
    return `/v1/devices/me/visits/${this.visit.id}`;
  }

  private get idleFor(): number {
    return (this.link.device?.idleSeconds ?? 60) * 1000;
  }
}

/** Asks for the device's zones on a visitor's behalf. */
export async function decide(
  link: KioskLink,
  { anonymousId, token }: { anonymousId: string; token: string },
  locale?: string,
): Promise<Decided> {
  const zones = (link.device?.zones ?? []).map((zone) => ({ zone, count: OFFERS_A_ZONE }));
  const answer = await link.hub.call<{ dialogueId: string; zones: ZoneOffers[] }>({
    path: '/v1/decisions',
    bearer: token,
    body: {
      ...{ identifiers: { anonymousId }, channel: 'kiosk', zones: zones.slice(0, 20) },
      ...(locale !== undefined && { locale }),
    },
  });
  return { anonymousId, dialogueId: answer.dialogueId, zones: answer.zones };
}
