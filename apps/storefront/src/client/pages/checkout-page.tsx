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
import { useText } from '../texts/use-text.js';

export function CheckoutPage(): ReactNode {
  const text = useText();
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
        title={text('nothingToBuy')}
        detail={text('cartEmpty')}
        action={{ label: text('toShelf'), to: '/' }}
      />
    );
  return (
    <section className="narrow" aria-labelledby="checkout">
      <h1 id="checkout">{text('checkout')}</h1>
      <Customer />
      <Summary />
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="actions">
        <Link to="/cart" className="button">
          {text('backToCart')}
        </Link>
        <button
          type="button"
          className="button primary"
          disabled={busy}
          onClick={() => void buy()}
          data-testid="buy"
        >
          {busy ? text('moment') : text('buyFor', { amount: money(total) })}
        </button>
      </div>
    </section>
  );
}

function Customer(): ReactNode {
  const text = useText();
  const { user } = useAccount();
  return (
    <div className="panel">
      <h2>{text('forWhom')}</h2>
      {user ? (
        <p>
          <strong>{user.name}</strong>
          <br />
          <span className="soft">{user.email}</span>
        </p>
      ) : (
        <p>
          {text('guest')} <Link to="/sign-in?next=/checkout">{text('guestDetail')}</Link>
        </p>
      )}
    </div>
  );
}

function Summary(): ReactNode {
  const text = useText();
  const { lines, total } = useCart();
  const { money } = useCatalogue();
  return (
    <div className="panel">
      <h2>{text('what')}</h2>
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
        <span>{text('totalDelivered')}</span> <strong>{money(total)}</strong>
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
