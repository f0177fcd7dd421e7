import { Check, Languages, Moon, Sun, SunMoon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../components/menu.js';
import { useLanguage } from '../i18n/language.js';
import { LOCALE_NAMES, LOCALES } from '../i18n/locale.js';
import { useUiText } from '../i18n/ui-text.js';
import { type Theme, THEMES, useTheme } from './theme.js';

const LOOKS = {
  system: { icon: <SunMoon size={17} aria-hidden />, word: 'themeSystem' },
  light: { icon: <Sun size={17} aria-hidden />, word: 'themeLight' },
  dark: { icon: <Moon size={17} aria-hidden />, word: 'themeDark' },
} as const satisfies Record<Theme, unknown>;

const chosen = <Check size={15} aria-hidden />;

export function ThemeSwitch(): ReactNode {
  const text = useUiText();
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      look="quiet"
      size="small"
      name={text('theme')}
      label={LOOKS[theme].icon}
      entries={THEMES.map((one) => ({
        key: one,
        icon: LOOKS[one].icon,
        label: text(LOOKS[one].word),
        mark: one === theme && chosen,
        onPick: () => setTheme(one),
      }))}
    />
  );
}

export function LanguageSwitch(): ReactNode {
  const text = useUiText();
  const { locale, setLocale } = useLanguage();
  return (
    <Menu
      look="quiet"
      size="small"
      name={text('language')}
      label={<Languages size={17} aria-hidden />}
      entries={LOCALES.map((one) => ({
        key: one,
        label: <span lang={one}>{LOCALE_NAMES[one]}</span>,
        mark: one === locale && chosen,
        onPick: () => setLocale(one),
      }))}
    />
  );
}
