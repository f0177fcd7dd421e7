import type { ReactNode } from 'react';
import type { Product } from '../../catalogue/product.js';
import { useCatalogue } from '../shop/catalogue.js';
import { ProductGrid } from '../shop/product-card.js';
import { readContent, readItems } from './offer-content.js';
import { useImpression } from './use-impression.js';
import { useZone } from './use-zone.js';

/** The zone `product.shelf`: what others looked at with a product, or nothing at all. */
export function TogetherShelf({ product }: { product: string }): ReactNode {
  const { find } = useCatalogue();
  const { zone } = useZone('product.shelf', { product });
  const offer = zone?.offers[0];
  const content = readContent(offer?.content);
  const products = readItems(offer?.content).flatMap((id): Product[] => {
    const found = find(id);
    return found ? [found] : [];
  });
  const element = useImpression<HTMLElement>(content && products.length > 0 ? offer : undefined);
  if (!offer || !content || products.length === 0) return null;
  return (
    <section
      ref={element}
      className="shelf"
      aria-label={content.headline}
      data-testid="together-shelf"
      data-offer={offer.offer}
    >
      <h2>{content.headline}</h2>
      <ProductGrid products={products} />
    </section>
  );
}
