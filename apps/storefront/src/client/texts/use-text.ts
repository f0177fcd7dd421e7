import { type Catalogue, createText } from '@repartee/ui';
import { en } from './en.js';

export type ShopKey = keyof typeof en;
export type ShopTexts = Catalogue<ShopKey>;

/** The words of the shop, in the language of the page. */
export const useText = createText<ShopKey>({
  en,
  th: async () => (await import('./th.js')).th,
  ru: async () => (await import('./ru.js')).ru,
});
