import { createText } from '@repartee/ui';
import { en } from './en.js';

/** The kiosk's words. */
export const useText = createText<keyof typeof en>({
  en,
  th: () => import('./th.js').then(({ th }) => th),
  ru: () => import('./ru.js').then(({ ru }) => ru),
});
