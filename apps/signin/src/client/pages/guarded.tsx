import { Card, ErrorState, LoadingState } from '@repartee/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Frame } from '../frame.js';
import { type Me, whoAmI } from '../hub.js';
import { useText } from '../text/use-text.js';

type Person = NonNullable<Me>;

/** A page for people who have signed in: others are told, and shown the way. */
export function Guarded({
  title,
  may = () => true,
  children,
}: {
  title: string;
  /** Whether it is for this person. The hub decides by itself: this only spares them a dead end. */
  may?(me: Person): boolean;
  children(me: Person): ReactNode;
}): ReactNode {
  const me = useQuery({ queryKey: ['me'], queryFn: whoAmI });
  return (
    <Frame title={title} me={me.data}>
      {me.isPending && <LoadingState />}
      {me.isError && <ErrorState error={me.error} onRetry={() => void me.refetch()} />}
      {me.data === null && <NobodyYet />}
      {me.data && (may(me.data) ? children(me.data) : <NotForYou me={me.data} />)}
    </Frame>
  );
}

function NobodyYet(): ReactNode {
  const text = useText();
  const query = new URLSearchParams({ returnTo: location.pathname }).toString();
  return (
    <Card className="narrow">
      <div className="form">
        <h1>{text('notSignedIn')}</h1>
        <a className="ui-button" data-look="primary" data-size="large" href={`/signin?${query}`}>
          {text('signIn')}
        </a>
      </div>
    </Card>
  );
}

function NotForYou({ me }: { me: Person }): ReactNode {
  const text = useText();
  const roles = me.roles.map((role) => text(`role_${role}`)).join(', ') || text('noRoles');
  return (
    <Card className="narrow">
      <div className="form">
        <h1>{text('notForYou')}</h1>
        <p>{text('notForYouMore', { roles })}</p>
        <a className="ui-button" data-look="primary" data-size="large" href={me.next}>
          {text('goOn')}
        </a>
      </div>
    </Card>
  );
}
