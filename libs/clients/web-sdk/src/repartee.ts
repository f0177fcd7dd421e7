import type { Consent, ConsentOptions } from './consent.js';
import type { WorkerLike } from './live.js';
import type { KeyValueStorage } from './surroundings.js';

/** Settings of {@link createRepartee}. */
export interface ReparteeOptions {
  /** Origin of the hub, such as `https://hub.example.org`. */
  host: string;
  /** The public key of the source. */
  writeKey: string;
  /**
   * Fetches a token that proves who is signed in: a JWT signed by your server with the source's signing secret.
   * Called whenever a session opens; undefined means nobody is signed in.
   */
  userToken?: () => Promise<string | undefined>;
  /** Where the visitor's id and unsent events are kept. Default: `localStorage`, or memory where that is barred. */
  storage?: KeyValueStorage;
  /** Keeps the client from sending and storing anything until {@link Repartee.consent} says so. */
  consent?: ConsentOptions;
  /** Takes in what the hub pushes while the page is open. All pages of a browser share one stream. */
  live?: boolean;
  /** Makes the site's shared worker, which then holds the stream: `() => new SharedWorker(…)`. */
  worker?: () => WorkerLike;
  /** Follows a single-page application: every route is a page, and its zones are asked again. */
  spa?: boolean;
  /** Hears of what could not be sent in the background. */
  onError?: (error: Error) => void;
}

/** What a treatment shows; its fields are those its author wrote. */
export type OfferContent = Record<string, unknown>;

/** One offer, chosen for this person, with the signed token that a response carries. */
export interface Offer {
  offer: string;
  treatment: string;
  content: OfferContent;
  reason: string;
  priority: number;
  /** With a limited offer: show how long it lasts, with {@link Repartee.countdown}. */
  countdown?: { endsAt: string; secondsLeft: number };
  token: string;
  /** ISO 8601. Ends acceptance; impressions and clicks count for longer. */
  validUntil: string;
  links: { click: string; impression: string };
}

export interface DecidedZone {
  zone: string;
  /** What to show when there is no offer. */
  fallback: OfferContent | null;
  /** Best first. */
  offers: Offer[];
}

/** The answer to "what now?". */
export interface Decision {
  decisionId: string;
  profileId: string | null;
  dialogueId: string;
  zones: DecidedZone[];
}

export interface DecideOptions {
  /** Names of zones, or names with how many offers each may show (default 1). */
  zones: (string | { zone: string; count?: number })[];
  /** Facts about this moment that rules may use, such as the page's category. */
  context?: Record<string, unknown>;
  /** Track events to take into account with this decision. */
  events?: Record<string, unknown>[];
  /** Continues a dialogue. */
  dialogueId?: string;
  /** ISO 4217, such as `EUR`. */
  currency?: string;
  /**
   * Sends waiting events first and lets the hub take them in (`Prefer: visible`), so that the answer reflects what
   * the person has just done. `true` waits at most 2 seconds; a number sets the seconds.
   */
  visible?: boolean | number;
  /** Gives up after so many milliseconds. Default 5000. */
  timeout?: number;
}

export interface ResponseDetails {
  /** What the response is worth, in `currency`. */
  value?: number;
  currency?: string;
  /** In the person's words or yours, at most 500 characters. */
  reason?: string;
}

export interface ZoneOptions extends Omit<DecideOptions, 'zones'> {
  count?: number;
}

export interface ZonesOptions extends Omit<DecideOptions, 'zones'> {
  /** Milliseconds an element may stay hidden while the hub is asked. Default 800; what comes later is not shown. */
  patience?: number;
  /** Shows a zone your way. Unless given, parts named by `data-repartee` are filled. */
  render?: (zone: DecidedZone, element: Element) => void;
}

/** A zone tied to an element. */
export interface ZoneBinding {
  /** Asks again and renders the answer. */
  refresh(): Promise<void>;
  /** Stops watching; what is rendered stays. */
  stop(): void;
}

/** A visitor's connection with the hub. */
export interface Repartee {
  /** The id of this visitor, the same until {@link Repartee.reset}. */
  readonly anonymousId: string;
  /** The id given to {@link Repartee.identify}. */
  readonly userId: string | undefined;
  /** Records that the person did something. Names as in Segment's specs, such as `Product Viewed`. */
  track(event: string, properties?: Record<string, unknown>): void;
  /** Records that a page was seen. */
  page(name?: string, properties?: Record<string, unknown>): void;
  /** Records who the person says they are. It proves nothing: that takes `userToken`. */
  identify(userId: string, traits?: Record<string, unknown>): void;
  /** Forgets the person, as after signing out: the next event comes from a new visitor. */
  reset(): void;
  /** Opens a new session at the next request, as after signing in, when `userToken` has something new to say. */
  renewSession(): void;
  /** Sends what waits. Resolves when it is sent, or after a failed try: failed events stay queued. */
  flush(): Promise<void>;
  /**
   * Asks what to show.
   * @throws {@link ReparteeError} when the hub cannot be reached or refuses; show your own content then.
   */
  decide(options: DecideOptions): Promise<Decision>;
  /** Reports that the offer was seen. Once per offer and decision. */
  impression(offer: Offer): Promise<void>;
  /** Reports a click. Safe just before leaving the page. */
  click(offer: Offer): Promise<void>;
  /** @throws {@link ReparteeError} with code `OFFER.EXPIRED` when it is too late; `problem.replacement` may hold another. */
  accept(offer: Offer, details?: ResponseDetails): Promise<void>;
  reject(offer: Offer, details?: ResponseDetails): Promise<void>;
  /** The person closed it: not now. */
  dismiss(offer: Offer, details?: ResponseDetails): Promise<void>;
  /** It was decided and never shown: what it reserved is free again, and nothing is learned from it. */
  notPresented(offer: Offer): Promise<void>;
  /** Reports an impression once at least half of the element was in view for a second. Returns how to stop. */
  observe(element: Element, offer: Offer): () => void;
  /**
   * Fills an element with what a zone holds: decides, renders, observes the first offer.
   * `render` gets a null zone when the hub is away.
   */
  bindZone(
    element: Element,
    zone: string,
    render: (zone: DecidedZone | null, element: Element) => void,
    options?: ZoneOptions,
  ): ZoneBinding;
  /** Fills every element with `data-repartee-zone`, without flicker, and again on each route and push. */
  zones(options?: ZonesOptions): ZoneBinding;
  /** Hears of zones whose offers the hub pushes, with `live`. Returns how to stop. */
  onPushed(listener: (zone: DecidedZone) => void): () => void;
  /** Calls back every second with the milliseconds left to accept an offer, by the hub's clock, down to 0. */
  countdown(offer: Offer, tick: (left: number) => void): () => void;
  /**
   * Lets messages reach this browser while no page is open. Call it from a click: the browser asks the person.
   * @param registration of a service worker that shows them
   * @throws {@link ReparteeError} with code `PUSH.NOT_CONFIGURED` where the hub has no keys for it
   */
  subscribePush(registration: ServiceWorkerRegistration): Promise<void>;
  /** The hook of a consent banner. */
  readonly consent: Consent;
  /** Ends timers and listeners; unsent events stay stored for the next visit. */
  stop(): void;
}
