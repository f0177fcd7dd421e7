import { en } from './en.js';
import { createText } from './language.js';

/** The words of the components themselves. */
export const useUiText = createText({
  en,
  th: () => import('./th.js').then((module) => module.th),
  ru: () => import('./ru.js').then((module) => module.ru),
});
