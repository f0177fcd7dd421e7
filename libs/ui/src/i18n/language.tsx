import {
  createContext,
  type ReactNode,
  startTransition,
  Suspense,
  use,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import { type Formats, formatsOf } from './formats.js';
import { type Catalogue, type Locale, localeAmong, phraseText, type PhraseValues } from './locale.js';

interface Language {
  locale: Locale;
  setLocale(locale: Locale): void;
  format: Formats;
}

const KEY = 'repartee-locale';
const LanguageContext = createContext<Language>({
  locale: 'en',
  setLocale: () => undefined,
  format: formatsOf('en'),
});

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The language of everything below: as it was chosen here, else as the browser asks. */
export function LanguageProvider({
  children,
  fallback = null,
}: {
  children: ReactNode;
  fallback?: ReactNode;
}): ReactNode {
  const [locale, keep] = useState(firstLocale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const setLocale = useCallback((next: Locale) => {
    localStorage.setItem(KEY, next);
    startTransition(() => keep(next));
  }, []);
  const language = useMemo(() => ({ locale, setLocale, format: formatsOf(locale) }), [locale, setLocale]);
  return (
    <LanguageContext value={language}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </LanguageContext>
  );
}

function firstLocale(): Locale {
  return localeAmong([localStorage.getItem(KEY) ?? '', ...navigator.languages]);
}

export type Text<Key extends string> = (key: Key, values?: PhraseValues) => string;

/** English comes with the page; the others when somebody reads them. */
export type Catalogues<Key extends string> = { en: Catalogue<Key> } & Record<
  Exclude<Locale, 'en'>,
  () => Promise<Catalogue<Key>>
>;

/**
 * Makes the hook by which an app takes its words: `const useText = createText({ en, th: () => import('./th.js')… })`.
 * The compiler sees to it that every language has every key.
 */
export function createText<Key extends string>(catalogues: Catalogues<Key>): () => Text<Key> {
  const loaded: { [locale in Locale]?: Promise<Catalogue<Key>> } = {};
  const load = (locale: Exclude<Locale, 'en'>): Promise<Catalogue<Key>> =>
    (loaded[locale] ??= catalogues[locale]());
  return function useText() {
    const { locale } = useLanguage();
    const catalogue = locale === 'en' ? catalogues.en : use(load(locale));
    return useCallback(
      (key: Key, values?: PhraseValues) => phraseText(locale, catalogue[key], values),
      [locale, catalogue],
    );
  };
}
