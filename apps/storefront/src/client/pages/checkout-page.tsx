import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useHub } from '../hub/hub.js';
import { Link, useRouter } from '../router.js';
import { placeOrder } from '../shop-api.js';
import { useAccount } from '../shop/account.js';
import { useCart } from '../shop/cart.js';
import { useCatalogue } from '../shop/catalogue.js';
import { Notice } from '../shop/notice.js';
import { productFacts } from '../shop/product-facts.js';
import { useUsedOffers } from '../shop/used-offers.js';
import { Perks } from './cart-page.js';

export function CheckoutPage(): ReactNode {
  const { cartId, lines, total } = useCart();
  const { money, currency } = useCatalogue();
  const hub = useHub();
  const started = useRef(false);
  const { buy, busy, problem } = useBuying();
  useEffect(() => {
    if (started.current || lines.length === 0) return;
    started.current = true;
    const products = lines.map((line) => productFacts(line));
    hub?.track('Checkout Started', { cart_id: cartId, value: total, currency, products });
  }, [hub, cartId, lines, total, currency]);

  if (lines.length === 0)
    return (
      <Notice
        title="Nothing to check out"
        detail="Your cart is empty."
        action={{ label: 'To the shelf', to: '/' }}
      />
    );
  return (
    <section className="narrow" aria-labelledby="checkout">
      <h1 id="checkout">Checkout</h1>
      <Customer />
      <Summary />
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        <Link to="/cart" className="button">
          Back to the cart
        </Link>
        <button
          type="button"
          className="button primary"
          disabled={busy}
          onClick={() => void buy()}
          data-testid="buy"
        >
          {busy ? 'One moment…' : `Buy for ${money(total)}`}
        </button>
      </div>
    </section>
  );
}

function Customer(): ReactNode {
  const { user } = useAccount();
  return (
    <div className="panel">
      <h2>For</h2>
      {user ? (
        <p>
          <strong>{user.name}</strong>
          <br />
          <span className="soft">{user.email}</span>
        </p>
      ) : (
        <p>
          A guest. <Link to="/sign-in?next=/checkout">Sign in</Link> to have the order in your name.
        </p>
      )}
    </div>
  );
}

function Summary(): ReactNode {
  const { lines, total } = useCart();
  const { money } = useCatalogue();
  return (
    <div className="panel">
      <h2>What</h2>
      <ul className="summary">
        {lines.map(({ product, quantity }) => (
          <li key={product.id}>
            <span>
              {quantity} × {product.name}
            </span>
            <span>{money(product.price * quantity)}</span>
          </li>
        ))}
      </ul>
      <Perks />
      <p className="total">
        <span>Total, delivery included</span> <strong>{money(total)}</strong>
      </p>
    </div>
  );
}

function useBuying(): { buy: () => Promise<void>; busy: boolean; problem: string | null } {
  const { cartId, lines, total, startOver } = useCart();
  const { used, clear } = useUsedOffers();
  const hub = useHub();
  const { go } = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const buy = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      // The order must follow what led to it.
      await hub?.flush();
      const order = await placeOrder({
        anonymousId: hub?.anonymousId ?? cartId,
        cartId,
        total,
        lines: lines.map(({ product, quantity }) => ({ productId: product.id, quantity })),
        offers: used.map(({ key }) => key),
      });
      startOver();
      clear();
      go(`/orders/${encodeURIComponent(order.orderId)}`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return { buy, busy, problem };
}
