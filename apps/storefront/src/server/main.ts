import { join } from 'node:path';
import { followParent, tellParent } from './parent-process.js';
import { readSettings } from './settings.js';
import { startShop } from './shop.js';

const settings = readSettings(process.env);
if ('problem' in settings) {
  process.stderr.write(`storefront: ${settings.problem}\n`);
  process.exit(1);
}

try {
  const shop = await startShop(settings, join(import.meta.dirname, '../client'));
  followParent(() => shop.stop());
  if (process.env['REPARTEE_SEED'] !== 'none') await shop.introduceCustomers();
  tellParent({ type: 'ready', url: shop.url });
  if (!process.send) process.stdout.write(`shop ${shop.url}/shop/\n`);
} catch (error) {
  process.stderr.write(`storefront: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
