import { LoadingState } from '@repartee/ui';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { DeskPage } from './desk-page.js';
import { LiveProvider } from './live/live.js';
import { OutboxProvider } from './live/outbox-provider.js';
import { HubProvider, useHub } from './session/hub.js';
import { SignInPage } from './session/sign-in-page.js';
import { PresenceProvider } from './session/presence.js';
import { type Place, TopBar } from './top-bar.js';

const BoardPage = lazy(() =>
  import('./board/board-page.js').then(({ BoardPage: page }) => ({ default: page })),
);

/** @param embedded within somebody else's page: the bar at the top is theirs */
export function App({ embedded }: { embedded: boolean }): ReactNode {
  return (
    <HubProvider>
      <SignedIn embedded={embedded} />
    </HubProvider>
  );
}

function SignedIn({ embedded }: { embedded: boolean }): ReactNode {
  const { me, loading } = useHub();
  const [place, setPlace] = useState<Place>('desk');
  if (loading)
    return (
      <main className="sign-in">
        <LoadingState />
      </main>
    );
  if (!me) return <SignInPage embedded={embedded} />;
  return (
    <LiveProvider>
      <OutboxProvider account={me.account.id}>
        <PresenceProvider>
          <div className="frame" data-embedded={embedded || undefined}>
            <TopBar place={place} onGo={setPlace} embedded={embedded} />
            {place === 'desk' ? (
              <DeskPage />
            ) : (
              <Suspense fallback={<LoadingState />}>
                <BoardPage />
              </Suspense>
            )}
          </div>
        </PresenceProvider>
      </OutboxProvider>
    </LiveProvider>
  );
}
