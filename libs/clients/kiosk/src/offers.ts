/** What a zone shows; all of it is text. */
export interface KioskContent {
  headline: string;
  body?: string;
  image?: string;
  accept?: string;
  voucher?: { text: string; code: string };
  terms?: string;
}

export interface KioskOffer {
  offer: string;
  content: KioskContent;
  token: string;
  /** ISO 8601, signed by the hub within the token. */
  validUntil: string;
  countdown?: { endsAt: string };
}

export interface ZoneOffers {
  zone: string;
  /** What is shown where there is no offer. */
  fallback?: KioskContent | null;
  offers: KioskOffer[];
}

/** One answer to "what now?", and whom it was given for. */
export interface Decided {
  anonymousId: string;
  dialogueId: string;
  zones: ZoneOffers[];
}

/** Leaves out what is over. @param now by the hub's clock, milliseconds since the epoch */
export function stillValid(zones: readonly ZoneOffers[], now: number): ZoneOffers[] {
  return zones.map(({ zone, fallback, offers }) => ({
    zone,
    ...(fallback && { fallback }),
    offers: offers.filter(({ validUntil, countdown }) => {
      const ends = Math.min(Date.parse(validUntil), countdown ? Date.parse(countdown.endsAt) : Infinity);
      return now < ends;
    }),
  }));
}
