import type { Cart, CartChange } from './golden-record.js';

/** Older changes than this many are forgotten: a cart is of today. */
const MAX_CHANGES = 100;

/** One product that is in the cart now. */
export interface CartLine {
  product: string;
  quantity: number;
  price: number;
  name?: string;
}

export function changeCart(cart: Cart, change: CartChange): Cart {
  if (change.at <= cart.clearedAt) return cart;
  return { ...cart, changes: tidy([...cart.changes, change], cart.clearedAt) };
}

export function clearCart(cart: Cart, at: number): Cart {
  const clearedAt = Math.max(cart.clearedAt, at);
  return { clearedAt, changes: tidy(cart.changes, clearedAt) };
}

export function mergeCarts(a: Cart, b: Cart): Cart {
  const clearedAt = Math.max(a.clearedAt, b.clearedAt);
  const byId = new Map(
    [...a.changes, ...b.changes].map((change) => [`${change.id}/${change.product}`, change]),
  );
  return { clearedAt, changes: tidy([...byId.values()], clearedAt) };
}

function tidy(changes: CartChange[], clearedAt: number): CartChange[] {
  return changes
    .filter((change) => change.at > clearedAt)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .slice(-MAX_CHANGES);
}

/** What is in the cart: changes played in the order of their event time. */
export function cartLines(cart: Cart): CartLine[] {
  const lines = new Map<string, CartLine>();
  for (const change of cart.changes) {
    const line = lines.get(change.product);
    const quantity = (line?.quantity ?? 0) + change.quantity;
    if (quantity <= 0) lines.delete(change.product);
    else {
      const name = change.name ?? line?.name;
      lines.set(change.product, {
        product: change.product,
        quantity,
        price: change.quantity > 0 ? change.price : (line?.price ?? change.price),
        ...(name !== undefined && { name }),
      });
    }
  }
  return [...lines.values()];
}
