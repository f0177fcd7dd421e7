import type { FastifyInstance } from 'fastify';
import { catalogue } from '../catalogue/catalogue.js';
import { CURRENCY } from '../catalogue/product.js';
import type { ShopConfig } from '../catalogue/product.js';

export function addCatalogueRoutes(server: FastifyInstance, config: ShopConfig): void {
  server.get('/shop/api/products', () => ({ items: catalogue, currency: CURRENCY }));
  server.get('/shop/api/config', () => config);
}
