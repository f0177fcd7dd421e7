import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { ProductArt } from '../art/product-art.js';
import { CartNote } from '../hub/cart-note.js';
import { useHub } from '../hub/hub.js';
import { Link } from '../router.js';
import { useCart } from '../shop/cart.js';
import type { CartLine } from '../shop/cart-line.js';
import { useCatalogue } from '../shop/catalogue.js';
import { Notice } from '../shop/notice.js';
import { productFacts } from '../shop/product-facts.js';
import { QuantityField } from '../shop/quantity-field.js';
import { useUsedOffers } from '../shop/used-offers.js';
import { useText } from '../texts/use-text.js';

export function CartPage(): ReactNode {
  const text = useText();
  const { cartId, lines, total } = useCart();
  const { money } = useCatalogue();
  const hub = useHub();
  const viewed = useRef(false);
  useEffect(() => {
    if (viewed.current) return;
    viewed.current = true;
    hub?.track('Cart Viewed', { cart_id: cartId, products: lines.map((line) => productFacts(line)) });
  }, [hub, cartId, lines]);

  if (lines.length === 0)
    return (
      <Notice
        title={text('cartEmpty')}
        detail={text('cartEmptyDetail')}
        action={{ label: text('toShelf'), to: '/' }}
      />
    );
  return (
    <section className="narrow" aria-labelledby="cart">
      <h1 id="cart">{text('yourCart')}</h1>
      <ul className="lines" data-testid="cart-lines">
        {lines.map((line) => (
          <Line key={line.product.id} {...line} />
        ))}
      </ul>
      <CartNote />
      <Perks />
      <p className="total">
        <span>{text('total')}</span> <strong data-testid="cart-total">{money(total)}</strong>
      </p>
      <div className="actions">
        <Link to="/" className="button">
          {text('browse')}
        </Link>
        <Link to="/checkout" className="button primary" data-testid="checkout">
          {text('checkOut')}
        </Link>
      </div>
    </section>
  );
}

function Line({ product, quantity }: CartLine): ReactNode {
  const text = useText();
  const { money } = useCatalogue();
  const { setQuantity } = useCart();
  return (
    <li className="line" data-testid={`line-${product.id}`}>
      <Link to={`/p/${product.id}`} tabIndex={-1} aria-hidden="true">
        <ProductArt kind={product.art} tone={product.tone} />
      </Link>
      <div className="line-text">
        <Link to={`/p/${product.id}`}>{product.name}</Link>
        <span className="soft">{money(product.price)}</span>
        <button
          type="button"
          className="text-link"
          onClick={() => setQuantity(product, 0)}
          data-testid={`remove-${product.id}`}
        >
          {text('remove')}
          <span className="visually-hidden"> {product.name}</span>
        </button>
      </div>
      <QuantityField
        label={product.name}
        value={quantity}
        least={1}
        onChange={(next) => setQuantity(product, next)}
      />
      <strong className="line-total">{money(product.price * quantity)}</strong>
    </li>
  );
}

/** The offers taken up, which go with the order. */
export function Perks(): ReactNode {
  const text = useText();
  const { used } = useUsedOffers();
  if (used.length === 0) return null;
  return (
    <ul className="perks" aria-label={text('yourOffers')} data-testid="used-offers">
      {used.map(({ key, label }) => (
        <li key={key} data-offer={key}>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M4 10.5 8.3 15 16 6" />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
