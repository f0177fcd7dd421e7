import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useHub } from '../hub/hub.js';
import { SmallOffer } from '../hub/small-offer.js';
import { useCatalogue } from '../shop/catalogue.js';
import { Notice } from '../shop/notice.js';
import { ProductGrid } from '../shop/product-card.js';
import { useText } from '../texts/use-text.js';

export function SearchPage({ q }: { q: string }): ReactNode {
  const text = useText();
  const { products } = useCatalogue();
  const hub = useHub();
  useEffect(() => {
    if (q) hub?.track('Products Searched', { query: q });
  }, [hub, q]);

  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = products.filter((product) => {
    const said = [product.name, product.category, product.summary, product.description]
      .join(' ')
      .toLowerCase();
    return words.length > 0 && words.every((word) => said.includes(word));
  });
  if (found.length === 0)
    return (
      <Notice
        title={text('nothingFound')}
        detail={q ? text('notSold', { query: q }) : text('lookingFor')}
        action={{ label: text('seeAll'), to: '/' }}
      />
    );
  return (
    <section className="shelf" aria-labelledby="found">
      <h1 id="found" className="shelf-title">
        {text('foundFor', { count: found.length, query: q })}
      </h1>
      <SmallOffer zone="search.tip" />
      <ProductGrid products={found} />
    </section>
  );
}
