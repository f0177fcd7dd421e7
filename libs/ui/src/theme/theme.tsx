import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'repartee-theme';
const ThemeContext = createContext<{ theme: Theme; setTheme(theme: Theme): void }>({
  theme: 'system',
  setTheme: () => undefined,
});

export function useTheme(): { theme: Theme; setTheme(theme: Theme): void } {
  return useContext(ThemeContext);
}

/** Light or dark, as chosen here or else as the system has it. */
export function ThemeProvider({ children }: { children: ReactNode }): ReactNode {
  const [theme, keep] = useState<Theme>(
    () => THEMES.find((one) => one === localStorage.getItem(KEY)) ?? 'system',
  );
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
  const setTheme = useCallback((next: Theme) => {
    localStorage.setItem(KEY, next);
    keep(next);
  }, []);
  const value = useMemo(() => ({ theme, setTheme }), [theme, setTheme]);
  return <ThemeContext value={value}>{children}</ThemeContext>;
}
