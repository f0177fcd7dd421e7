import type { ReactNode } from 'react';
import type { Category } from '../../catalogue/product.js';
import { Hero } from '../hub/hero.js';
import { useCatalogue } from '../shop/catalogue.js';
import { ProductGrid } from '../shop/product-card.js';

const words: Record<Category, string> = {
  coffee: 'Roasted on Tuesdays, posted on Wednesdays. Whole beans, because grinding is half the pleasure.',
  brewers: 'Four ways from bean to cup. Each of them outlives its owner’s habits.',
  tools: 'The things around the cup that make the cup better.',
};

export function CategoryPage({ category }: { category: Category }): ReactNode {
  const { products } = useCatalogue();
  return (
    <>
      <section className="shelf" aria-labelledby="shelf">
        <h1 id="shelf" className="shelf-title">
          {category}
        </h1>
        <p className="lead">{words[category]}</p>
        <ProductGrid products={products.filter((product) => product.category === category)} />
      </section>
      <Hero compact />
    </>
  );
}
