import type { ReactNode } from 'react';
import { OwnPage } from './pages/own-page.js';
import { PasswordPage } from './pages/password-page.js';
import { PeoplePage } from './pages/people-page.js';
import { SignInPage } from './pages/sign-in-page.js';

const PAGES: Readonly<Record<string, () => ReactNode>> = {
  '/signin/password': PasswordPage,
  '/signin/me': OwnPage,
  '/signin/people': PeoplePage,
};

/** Few pages, and each a visit of its own: the address says which. */
export function App(): ReactNode {
  const Page = PAGES[location.pathname.replace(/\/$/, '')] ?? SignInPage;
  return <Page />;
}
