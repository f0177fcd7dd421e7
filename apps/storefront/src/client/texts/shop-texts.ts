import type { Catalogue } from '@repartee/ui';
import type { en } from './en.js';

/** The names of what the shop says, and what a language has to say under them. */
export type ShopKey = keyof typeof en;
export type ShopTexts = Catalogue<ShopKey>;
