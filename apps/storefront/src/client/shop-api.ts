import type {
  DemoCustomer,
  Order,
  OrderRequest,
  PastOrder,
  Preferences,
  Product,
  ShopConfig,
  SignedIn,
} from '../catalogue/product.js';

/** The shop's server refused, with a sentence for the customer. */
export class ShopError extends Error {
  override readonly name = 'ShopError';
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export const fetchConfig = (): Promise<ShopConfig> => call('config');
export const fetchProducts = (): Promise<{ items: Product[]; currency: string }> => call('products');
export const signIn = (email: string, anonymousId: string | undefined): Promise<SignedIn> =>
  call('sign-in', { email, anonymousId });
export const signOut = (): Promise<void> => call('sign-out', {});
export const placeOrder = (order: OrderRequest): Promise<Order> => call('orders', order);

export const fetchCustomers = (): Promise<{ items: DemoCustomer[] }> => call('customers');
export const fetchOrders = (): Promise<{ items: PastOrder[] }> => call('orders');
export const fetchPreferences = (): Promise<Preferences> => call('preferences');
export const savePreferences = (change: Partial<Preferences>): Promise<Preferences> =>
  call('preferences', change, 'PUT');

/** Undefined when nobody is signed in. */
export const fetchMe = (): Promise<SignedIn | undefined> => call('me');

async function call<T>(path: string, body?: unknown, method = 'POST'): Promise<T> {
  const init: RequestInit = body
    ? { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  const response = await fetch(`/shop/api/${path}`, init).catch(() => {
    throw new ShopError('The shop cannot be reached. Please try again.', 0);
  });
  const answer = response.status === 204 ? undefined : await response.json().catch(() => ({}));
  if (!response.ok)
    throw new ShopError(answer?.detail ?? 'Something went wrong. Please try again.', response.status);
  return answer as T;
}
