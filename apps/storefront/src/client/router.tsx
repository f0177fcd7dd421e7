import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';

const BASE = '/shop';

export interface Place {
  /** Path within the shop, such as `/p/ridge`. */
  path: string;
  query: URLSearchParams;
  /** Counts navigations: the same page visited again is a new visit. */
  visit: number;
}

interface Router {
  place: Place;
  go(path: string): void;
}

const RouterContext = createContext<Router | null>(null);

function here(visit: number): Place {
  const path = location.pathname.startsWith(BASE) ? location.pathname.slice(BASE.length) : location.pathname;
  return { path: path.replace(/\/+$/, '') || '/', query: new URLSearchParams(location.search), visit };
}

export function RouterProvider({ children }: { children: ReactNode }): ReactNode {
  const [place, setPlace] = useState(() => here(0));
  const go = useCallback((path: string) => {
    history.pushState(null, '', BASE + path);
    setPlace(({ visit }) => here(visit + 1));
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    const follow = (): void => setPlace(({ visit }) => here(visit + 1));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const router = useMemo(() => ({ place, go }), [place, go]);
  return <RouterContext value={router}>{children}</RouterContext>;
}

export function useRouter(): Router {
  const router = useContext(RouterContext);
  if (!router) throw new Error('useRouter needs a RouterProvider');
  return router;
}

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
}

/** A link within the shop. */
export function Link({ to, onClick, ...rest }: LinkProps): ReactNode {
  const { go } = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={BASE + to} onClick={follow} />;
}

/** The path within the shop that an address leads to, or null when it leads elsewhere. */
export function shopPath(address: string): string | null {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin || !(url.pathname === BASE || url.pathname.startsWith(`${BASE}/`)))
    return null;
  return url.pathname.slice(BASE.length) + url.search || '/';
}
