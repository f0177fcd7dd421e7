import type { ReactNode } from 'react';
import { Hero } from '../hub/hero.js';
import { useCatalogue } from '../shop/catalogue.js';
import { ProductGrid } from '../shop/product-card.js';
import { useText } from '../texts/use-text.js';

export function HomePage(): ReactNode {
  const text = useText();
  const { products } = useCatalogue();
  return (
    <>
      <Hero />
      <section className="shelf" aria-labelledby="shelf">
        <h2 id="shelf">{text('wholeShelf')}</h2>
        <ProductGrid products={products} />
      </section>
    </>
  );
}
