import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { catalogue } from '../catalogue/catalogue.js';
import type { OrderRequest } from '../catalogue/product.js';
import type { HubEvents } from './hub-events.js';
import { priceOrder } from './price-order.js';
import { sendProblem } from './problem.js';
import type { ShopTokens } from './shop-tokens.js';

const id = { type: 'string', minLength: 1, maxLength: 128 };
const orderBody = {
  type: 'object',
  required: ['anonymousId', 'cartId', 'lines', 'total'],
  additionalProperties: false,
  properties: {
    anonymousId: id,
    cartId: id,
    total: { type: 'number', minimum: 0, maximum: 1_000_000 },
    lines: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['productId', 'quantity'],
        additionalProperties: false,
        properties: { productId: id, quantity: { type: 'integer', minimum: 1, maximum: 99 } },
      },
    },
    offers: {
      type: 'array',
      maxItems: 10,
      default: [],
      items: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
    },
  },
};

export function addOrderRoutes(server: FastifyInstance, tokens: ShopTokens, events: HubEvents): void {
  server.post<{ Body: OrderRequest }>(
    '/shop/api/orders',
    { schema: { body: orderBody } },
    async (request, reply) => {
      const order = priceOrder(request.body, catalogue, newOrderId());
      if ('problem' in order) return sendProblem(reply, order.problem);
      const user = await tokens.userOf(request);
      await events.orderCompleted(order, user, request.body.anonymousId);
      return reply.code(201).send(order);
    },
  );
}

/** Short enough to read out, too many to guess. */
function newOrderId(): string {
  return `FN-${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`;
}
