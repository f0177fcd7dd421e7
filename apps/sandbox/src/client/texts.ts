import { isLanguage, textsOf } from './languages.js';

const { lang } = document.documentElement;

/** The language of this page. */
export const language = isLanguage(lang) ? lang : 'en';
/** What this page says. */
export const t = textsOf(language);
export { filled } from './languages.js';
