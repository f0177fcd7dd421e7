import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Product } from '../../catalogue/product.js';
import { ProductArt } from '../art/product-art.js';
import { SmallOffer } from '../hub/small-offer.js';
import { TogetherShelf } from '../hub/together-shelf.js';
import { useHub } from '../hub/hub.js';
import { Link } from '../router.js';
import { useCart } from '../shop/cart.js';
import { useCatalogue } from '../shop/catalogue.js';
import { ProductGrid } from '../shop/product-card.js';
import { productFacts } from '../shop/product-facts.js';
import { QuantityField } from '../shop/quantity-field.js';
import { useText } from '../texts/use-text.js';

export function ProductPage({ product }: { product: Product }): ReactNode {
  const text = useText();
  const { products, currency, money } = useCatalogue();
  const { lines, setQuantity } = useCart();
  const hub = useHub();
  const [quantity, choose] = useState(1);
  const [added, setAdded] = useState(false);
  useEffect(
    () => hub?.track('Product Viewed', productFacts({ product, quantity: 1 }, currency)),
    [hub, product, currency],
  );

  const inCart = lines.find((line) => line.product.id === product.id)?.quantity ?? 0;
  const beside = products.filter(({ category, id }) => category === product.category && id !== product.id);
  const add = (): void => {
    setQuantity(product, inCart + quantity);
    setAdded(true);
  };

  return (
    <>
      <article className="product">
        <ProductArt kind={product.art} tone={product.tone} large />
        <div className="product-text">
          <p className="eyebrow">
            <Link to={`/c/${product.category}`}>{text(product.category)}</Link>
          </p>
          <h1 data-testid="product-name">{product.name}</h1>
          <p className="product-price" data-testid="product-price">
            {money(product.price)}
          </p>
          <p className="lead">{product.description}</p>
          <ul className="facts">
            {product.details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
          <div className="buy-row">
            <QuantityField label={product.name} value={quantity} least={1} onChange={choose} />
            <button type="button" className="button primary" onClick={add} data-testid="add-to-cart">
              {text('addToCart')}
            </button>
          </div>
          <p className="added" role="status" data-testid="added">
            {added && inCart > 0 && <Added count={inCart} />}
          </p>
          <SmallOffer zone="product.aside" context={{ category: product.category }} testId="aside" />
        </div>
      </article>
      <TogetherShelf product={product.id} />
      <section className="shelf" aria-labelledby="beside">
        <h2 id="beside">{text('sameShelf')}</h2>
        <ProductGrid products={beside} />
      </section>
    </>
  );
}

function Added({ count }: { count: number }): ReactNode {
  const text = useText();
  return (
    <>
      {text('inYourCart', { count })} <Link to="/cart">{text('seeCart')}</Link>
    </>
  );
}
