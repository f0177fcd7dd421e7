import type { CartLine } from './cart-line.js';

/** A product under the names of Segment's ecommerce spec. */
export function productFacts({ product, quantity }: CartLine, currency?: string): Record<string, unknown> {
  return {
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    category: product.category,
    price: product.price,
    quantity,
    ...(currency ? { currency } : {}),
  };
}
