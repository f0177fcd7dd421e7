import type { ReactNode } from 'react';
import type { Product } from '../../catalogue/product.js';
import { ProductArt } from '../art/product-art.js';
import { Link } from '../router.js';
import { useCatalogue } from './catalogue.js';

export function ProductCard({ product }: { product: Product }): ReactNode {
  const { money } = useCatalogue();
  return (
    <li className="card" data-testid={`product-${product.id}`}>
      <Link to={`/p/${product.id}`}>
        <ProductArt kind={product.art} tone={product.tone} />
        <span className="card-text">
          <span className="card-name">{product.name}</span>
          <span className="card-price">{money(product.price)}</span>
          <span className="card-summary">{product.summary}</span>
        </span>
      </Link>
    </li>
  );
}

export function ProductGrid({ products }: { products: Product[] }): ReactNode {
  return (
    <ul className="grid">
      {products.map((product) => (
        <ProductCard key={product.id} product={product} />
      ))}
    </ul>
  );
}
