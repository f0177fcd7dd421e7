import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { QueryProvider } from './api/query.js';
import { ToastProvider } from './components/toast.js';
import { LanguageProvider } from './i18n/language.js';
import { ThemeProvider } from './theme/theme.js';

/** What every face stands in: appearance, language, questions to the hub, messages. */
export function Face({ client, children }: { client: QueryClient; children: ReactNode }): ReactNode {
  return (
    <ThemeProvider>
      <LanguageProvider>
        <QueryProvider client={client}>
          <ToastProvider>{children}</ToastProvider>
        </QueryProvider>
      </LanguageProvider>
    </ThemeProvider>
  );
}
