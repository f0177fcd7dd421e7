import { CURRENCY } from '../catalogue/product.js';
import type { Order, OrderRequest, Product } from '../catalogue/product.js';
import type { ShopProblem } from './problem.js';

/** Prices an order from the catalogue; what the browser says about prices is only compared with it. */
export function priceOrder(
  request: OrderRequest,
  catalogue: readonly Product[],
  orderId: string,
): Order | { problem: ShopProblem } {
  const lines: Order['lines'] = [];
  const unknown: number[] = [];
  request.lines.forEach(({ productId, quantity }, index) => {
    const product = catalogue.find(({ id }) => id === productId);
    if (product) lines.push({ product, quantity });
    else unknown.push(index);
  });
  if (unknown.length > 0)
    return {
      problem: {
        status: 422,
        code: 'SHOP.UNKNOWN_PRODUCT',
        title: 'The order names a product the shop does not sell',
        detail: 'Remove it from the cart and try again.',
        errors: unknown.map((index) => ({
          pointer: `#/lines/${index}/productId`,
          detail: 'is not sold here',
        })),
      },
    };
  const cents = lines.reduce(
    (sum, { product, quantity }) => sum + Math.round(product.price * 100) * quantity,
    0,
  );
  if (cents !== Math.round(request.total * 100))
    return {
      problem: {
        status: 409,
        code: 'SHOP.PRICE_CHANGED',
        title: 'The price has changed',
        detail: `The order now costs ${(cents / 100).toFixed(2)} ${CURRENCY}.`,
        errors: [{ pointer: '#/total', detail: `must be ${(cents / 100).toFixed(2)}` }],
      },
    };
  return { orderId, total: cents / 100, currency: CURRENCY, lines, offers: request.offers };
}
