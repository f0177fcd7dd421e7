/** Languages that every face speaks. */
export const LOCALES = ['en', 'th', 'ru'] as const;
export type Locale = (typeof LOCALES)[number];

/** How each language calls itself. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', th: 'ไทย', ru: 'Русский' };

/** One wording, or one for each form of plural that a language has, chosen by `{count}`. */
export type Phrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Catalogue<Key extends string> = Readonly<Record<Key, Phrase>>;
/** What stands in for `{name}` in a phrase; numbers are written as the language writes them. */
export type PhraseValues = Readonly<Record<string, string | number>>;

/** The first language of a list that we speak; English where there is none. */
export function localeAmong(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const found = LOCALES.find((one) => tag.toLowerCase().split('-')[0] === one);
    if (found) return found;
  }
  return 'en';
}

/** Puts values into a phrase. A value that is not given stays visible as `{name}`. */
export function phraseText(locale: Locale, phrase: Phrase, values: PhraseValues = {}): string {
  const count = Number(values['count'] ?? 0);
  const wording =
    typeof phrase === 'string'
      ? phrase
      : (phrase[new Intl.PluralRules(locale).select(count)] ?? phrase.other);
  return wording.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}
