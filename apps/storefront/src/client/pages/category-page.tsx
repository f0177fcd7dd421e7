import type { ReactNode } from 'react';
import type { Category } from '../../catalogue/product.js';
import { Hero } from '../hub/hero.js';
import { SmallOffer } from '../hub/small-offer.js';
import { useCatalogue } from '../shop/catalogue.js';
import { ProductGrid } from '../shop/product-card.js';
import { useText } from '../texts/use-text.js';

export function CategoryPage({ category }: { category: Category }): ReactNode {
  const text = useText();
  const { products } = useCatalogue();
  return (
    <>
      <section className="shelf" aria-labelledby="shelf">
        <h1 id="shelf" className="shelf-title">
          {text(category)}
        </h1>
        <p className="lead">{text(`${category}Lead`)}</p>
        <SmallOffer zone="category.banner" context={{ category }} />
        <ProductGrid products={products.filter((product) => product.category === category)} />
      </section>
      <Hero compact />
    </>
  );
}
