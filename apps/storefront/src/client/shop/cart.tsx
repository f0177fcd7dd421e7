import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { OrderLine, Product } from '../../catalogue/product.js';
import { useHub } from '../hub/hub.js';
import { useCatalogue } from './catalogue.js';
import { useStoredState } from './stored-state.js';
import type { CartLine } from './cart-line.js';
import { productFacts } from './product-facts.js';

interface StoredCart {
  cartId: string;
  lines: OrderLine[];
}

interface Cart {
  cartId: string;
  lines: CartLine[];
  /** Pieces in the cart. */
  count: number;
  total: number;
  /** Counts changes, for those who want to react to one. */
  changes: number;
  /** Sets how many of a product are in the cart, and tells the hub. */
  setQuantity(product: Product, quantity: number): void;
  /** Starts a new cart, after an order or a sign-out. */
  startOver(): void;
}

const CartContext = createContext<Cart | null>(null);
const MOST = 99;

export function CartProvider({ children }: { children: ReactNode }): ReactNode {
  const hub = useHub();
  const { find, currency } = useCatalogue();
  const [stored, setStored] = useStoredState<StoredCart>('shop:cart', emptyCart(), isCart);
  const [changes, setChanges] = useState(0);

  const cart = useMemo<Cart>(() => {
    const lines = stored.lines.flatMap(({ productId, quantity }) => {
      const product = find(productId);
      return product ? [{ product, quantity }] : [];
    });
    const setQuantity = (product: Product, wanted: number): void => {
      const quantity = Math.max(0, Math.min(MOST, wanted));
      const before = stored.lines.find(({ productId }) => productId === product.id)?.quantity ?? 0;
      if (quantity === before) return;
      const exists = before > 0;
      const changed = exists
        ? stored.lines.map((line) => (line.productId === product.id ? { ...line, quantity } : line))
        : [...stored.lines, { productId: product.id, quantity }];
      setStored({ ...stored, lines: changed.filter((line) => line.quantity > 0) });
      setChanges((count) => count + 1);
      hub?.track(quantity > before ? 'Product Added' : 'Product Removed', {
        cart_id: stored.cartId,
        ...productFacts({ product, quantity: Math.abs(quantity - before) }, currency),
      });
    };
    return {
      cartId: stored.cartId,
      lines,
      count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      total:
        lines.reduce(
          (cents, { product, quantity }) => cents + Math.round(product.price * 100) * quantity,
          0,
        ) / 100,
      changes,
      setQuantity,
      startOver: () => setStored(emptyCart()),
    };
  }, [stored, changes, find, currency, hub, setStored]);

  return <CartContext value={cart}>{children}</CartContext>;
}

export function useCart(): Cart {
  const cart = useContext(CartContext);
  if (!cart) throw new Error('useCart needs a CartProvider');
  return cart;
}

function emptyCart(): StoredCart {
  const random = crypto.getRandomValues(new Uint32Array(3));
  return { cartId: `cart-${[...random].map((part) => part.toString(36)).join('')}`, lines: [] };
}

function isCart(value: unknown): value is StoredCart {
  const cart = value as Partial<StoredCart> | null;
  return (
    typeof cart?.cartId === 'string' &&
    Array.isArray(cart.lines) &&
    cart.lines.every(
      (line) =>
        typeof line?.productId === 'string' &&
        Number.isInteger(line.quantity) &&
        line.quantity > 0 &&
        line.quantity <= MOST,
    )
  );
}
