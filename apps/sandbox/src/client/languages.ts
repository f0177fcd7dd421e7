import { en, type Texts } from './texts-en.js';
import { ru } from './texts-ru.js';
import { th } from './texts-th.js';

export type { Texts } from './texts-en.js';

/** Languages by their code, with what they call themselves. */
export const languages = { en: 'English', th: 'ไทย', ru: 'Русский' } as const;
export type Language = keyof typeof languages;

const catalogues: Readonly<Record<Language, Texts>> = { en, th, ru };

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(languages, text);
}

export function textsOf(language: Language): Texts {
  return catalogues[language];
}

/** Puts values into the places that a text leaves for them. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
