import { createText } from '@repartee/ui';
import { en } from './en.js';
import type { ShopKey } from './shop-texts.js';

export type { ShopKey } from './shop-texts.js';

/** The words of the shop, in the language of the page. */
export const useText = createText<ShopKey>({
  en,
  th: async () => (await import('./th.js')).th,
  ru: async () => (await import('./ru.js')).ru,
});
