import { Button, EmptyState } from '@repartee/ui';
import { Headset } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useText } from '../words/words.js';
import { useHub } from './hub.js';

/** The desk has no door of its own: people sign in on the page for it, and come back. */
export function SignInPage({ embedded }: { embedded: boolean }): ReactNode {
  const text = useText();
  const { look } = useHub();
  useEffect(() => {
    if (!embedded)
      location.replace(`/signin?${new URLSearchParams({ returnTo: location.pathname }).toString()}`);
    // Within somebody's page the other window signs in; whoever comes back is looked at again.
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [embedded, look]);
  if (!embedded) return null;
  return (
    <main className="welcome">
      <EmptyState icon={<Headset size={34} aria-hidden />} title={<h1>{text('signInTitle')}</h1>}>
        <p>{text('signInLead')}</p>
        <Button look="primary" onClick={() => void open('/signin', 'repartee-signin')}>
          {text('signIn')}
        </Button>
      </EmptyState>
    </main>
  );
}
