import { LanguageSwitch, ThemeSwitch } from '@repartee/ui';
import { type ReactNode, useEffect } from 'react';
import type { Me } from './hub.js';
import { useText } from './text/use-text.js';

/** What every page stands in. */
export function Frame({
  title,
  me,
  children,
}: {
  title: string;
  me?: Me | undefined;
  children: ReactNode;
}): ReactNode {
  const text = useText();
  useEffect(() => {
    document.title = `${title} · Repartee`;
  }, [title]);
  return (
    <div className="frame">
      <header>
        <span className="brand">
          <img src="/signin/mark.svg" alt="" width={28} height={28} />
          Repartee
        </span>
        {me && (
          <nav aria-label={me.account.name}>
            <a href="/signin/me">{text('me')}</a>
            {me.roles.includes('admin') && <a href="/signin/people">{text('people')}</a>}
          </nav>
        )}
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main>{children}</main>
    </div>
  );
}
