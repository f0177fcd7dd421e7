import type { Product } from '../../catalogue/product.js';

/** So many of one product in the cart. */
export interface CartLine {
  product: Product;
  quantity: number;
}
