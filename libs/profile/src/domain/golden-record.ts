import type { ConsentEntry } from './consents/consent.js';
import type { ContactHistory } from './contact-history.js';
import type { ComputedState } from './computed/computed-state.js';
import type { ItemMemory } from './item-memory.js';
import type { TraitEntry } from './traits/surviving-trait.js';

/** How often an event of one name happened, and when. Milliseconds since the epoch. */
export interface EventCounter {
  count: number;
  first: number;
  last: number;
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
  /** When the first of the offers that were met was decided. Milliseconds since the epoch. */
  since?: number;
  /** With `later`: when the person wants to hear of it again. Milliseconds since the epoch. */
  until?: number;
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
  /** Event time, milliseconds since the epoch: from when, and until when, it is this person's. Absent: always. */
  since?: number;
  until?: number;
  /** Too many people have it: it leads to nobody. */
  shared?: boolean;
}

/** Everything known of one person. All of it commutes: any order of arrival gives the same record. */
export interface GoldenRecord {
  id: string;
  version: number;
  /** This id and those of all profiles merged into it. */
  family: string[];
  identifiers: HeldIdentifier[];
  /** Identity's keys of what is merely claimed to be this person; absent where nothing is. */
  claims?: string[];
  traits: Record<string, TraitEntry>;
  /** What this person likes: topics, how often. Chosen as traits are, the latest word first. */
  preferences?: Record<string, TraitEntry>;
  /** Key: `email` or `newsletter/email` for opt-ins to a channel, `data:<purpose>` for consent to data use. */
  consents: Record<string, ConsentEntry>;
  events: Record<string, EventCounter>;
  offers: Record<string, OfferMemory>;
  /** When offers were met lately; absent where none was. */
  contacts?: ContactHistory;
  /** The items met lately; absent where none was. */
  items?: ItemMemory;
  cart: Cart;
  orders: Record<string, OrderTotal>;
  /** What declared computed traits keep; absent where none did. */
  computed?: Record<string, ComputedState>;
  /** Revision of the trait book up to which traits and computed traits are complete; 0 where absent. */
  book?: number;
  /** The conversation that was last going on. */
  dialogue?: { id: string; at: number };
  firstSeen: number;
  lastSeen: number;
  /** The device of the earliest event that names one; absent where none does. Experiments draw people by it. */
  device?: FirstDevice;
}

export interface FirstDevice {
  anonymousId: string;
  /** Event time, milliseconds since the epoch. */
  at: number;
}

/**
 * A record of which nothing is known yet.
 * @param book revision of the trait book by which it will be filled
 */
export function emptyRecord(id: string, book = 0): GoldenRecord {
  return {
    id,
    ...(book > 0 && { book }),
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
