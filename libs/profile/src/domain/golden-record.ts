/** A trait with its lineage: who said it, when, and whether that was proved. */
export interface TraitEntry {
  value: unknown;
  /** Event time, milliseconds since the epoch. */
  at: number;
  eventId: string;
  source: string;
  verified: boolean;
}

/** How often an event of one name happened, and when. Milliseconds since the epoch. */
export interface EventCounter {
  count: number;
  first: number;
  last: number;
}

export type ConsentStatus = 'granted' | 'denied';

export interface ConsentEntry {
  status: ConsentStatus;
  at: number;
  eventId: string;
  source: string;
}

/** One thing that happened to the cart. The cart is the fold of all of them, whatever order they arrived in. */
export interface CartChange {
  at: number;
  id: string;
  product: string;
  /** Positive: added; negative: removed. */
  quantity: number;
  price: number;
  name?: string;
}

export interface Cart {
  /** What happened before this was bought or cleared. */
  clearedAt: number;
  changes: CartChange[];
}

/** What this person did with one offer: how often, and what was last. */
export interface OfferMemory {
  impressions: number;
  clicks: number;
  accepts: number;
  rejects: number;
  dismissals: number;
  laters: number;
  converts: number;
  /** The latest response that tells more than being seen; an impression only while there is no other. */
  lastResponse: string | null;
  /** Milliseconds since the epoch. */
  lastAt: number | null;
  /** Breaks the tie between responses of one moment. */
  lastId: string | null;
}

/** Orders of one currency, in its smallest unit. */
export interface OrderTotal {
  count: number;
  total: number;
}

export interface HeldIdentifier {
  namespace: string;
  value: string;
  verified: boolean;
}

/** Everything known of one person. All of it commutes: any order of arrival gives the same record. */
export interface GoldenRecord {
  id: string;
  version: number;
  /** This id and those of all profiles merged into it. */
  family: string[];
  identifiers: HeldIdentifier[];
  traits: Record<string, TraitEntry>;
  /** Key: a channel (`email`) for opt-ins, `data:<purpose>` for consent to data use. */
  consents: Record<string, ConsentEntry>;
  events: Record<string, EventCounter>;
  offers: Record<string, OfferMemory>;
  cart: Cart;
  orders: Record<string, OrderTotal>;
  /** The conversation that was last going on. */
  dialogue?: { id: string; at: number };
  firstSeen: number;
  lastSeen: number;
}

/** A record of which nothing is known yet. */
export function emptyRecord(id: string): GoldenRecord {
  return {
    id,
    version: 0,
    family: [id],
    identifiers: [],
    traits: {},
    consents: {},
    events: {},
    offers: {},
    cart: { clearedAt: 0, changes: [] },
    orders: {},
    firstSeen: Number.MAX_SAFE_INTEGER,
    lastSeen: 0,
  };
}
