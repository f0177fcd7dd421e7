import { createText } from '@repartee/ui';
import { en } from './en.js';

/** The words of the desk. */
export const useText = createText({
  en,
  th: () => import('./th.js').then((module) => module.th),
  ru: () => import('./ru.js').then((module) => module.ru),
});
