export const categories = ['coffee', 'brewers', 'tools', 'cameras'] as const;
export type Category = (typeof categories)[number];

export interface Product {
  id: string;
  sku: string;
  name: string;
  category: Category;
  /** In the shop's currency. */
  price: number;
  /** One line for cards. */
  summary: string;
  description: string;
  details: string[];
  /** Which drawing shows it, on which ground. */
  art: ArtKind;
  tone: string;
}

export type ArtKind =
  | 'bag'
  | 'cone'
  | 'press'
  | 'moka'
  | 'kettle'
  | 'grinder'
  | 'scale'
  | 'mug'
  | 'flask'
  | 'rangefinder'
  | 'folder'
  | 'film';

/** ISO 4217. */
export const CURRENCY = 'USD';

export interface OrderLine {
  productId: string;
  quantity: number;
}

export interface OrderRequest {
  anonymousId: string;
  cartId: string;
  lines: OrderLine[];
  /** What the customer saw; a different sum refuses the order. */
  total: number;
  /** Keys of the offers the customer uses. */
  offers: string[];
}

export interface Order {
  orderId: string;
  total: number;
  currency: string;
  lines: { product: Product; quantity: number }[];
  offers: string[];
}

export interface User {
  id: string;
  email: string;
  name: string;
  /** Of a phone of the sandbox. */
  phone: string;
}

/** One of the demonstration's customers, whom everybody may sign in as. */
export interface DemoCustomer extends User {
  /** What makes them worth playing. */
  about: 'ann' | 'shared' | 'neighbour';
}

/** An order as the account shows it. */
export interface PastOrder {
  orderId: string;
  /** ISO 8601. */
  at: string;
  total: number;
  currency: string;
  products: { name: string; quantity: number }[];
}

/** What may be sent, by channel. */
export interface Preferences {
  email: boolean;
  sms: boolean;
  web: boolean;
  call_center: boolean;
  /** Whether what somebody does may be used to choose offers. */
  profiling: boolean;
}

/** The answers about who is signed in. */
export interface SignedIn {
  user: User;
  /** Proves to the hub who the visitor is. */
  userToken: string;
}

export interface ShopConfig {
  /** Origin of the hub; empty means the page's own. */
  host: string;
  writeKey: string;
}
