import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useHub } from '../hub/hub.js';
import { useCatalogue } from '../shop/catalogue.js';
import { Notice } from '../shop/notice.js';
import { ProductGrid } from '../shop/product-card.js';

export function SearchPage({ q }: { q: string }): ReactNode {
  const { products } = useCatalogue();
  const hub = useHub();
  useEffect(() => {
    if (q) hub?.track('Products Searched', { query: q });
  }, [hub, q]);

  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = products.filter((product) => {
    const text = [product.name, product.category, product.summary, product.description]
      .join(' ')
      .toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word));
  });
  if (found.length === 0)
    return (
      <Notice
        title="Nothing found"
        detail={q ? `We sell nothing that goes by “${q}”.` : 'What are you looking for?'}
        action={{ label: 'See everything', to: '/' }}
      />
    );
  return (
    <section className="shelf" aria-labelledby="found">
      <h1 id="found" className="shelf-title">
        {found.length} for “{q}”
      </h1>
      <ProductGrid products={found} />
    </section>
  );
}
