import {
  answerOf,
  Badge,
  Button,
  Card,
  ErrorState,
  LoadingState,
  Table,
  useLanguage,
  useToast,
} from '@repartee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { hub, signOut } from '../hub.js';
import { refusalText } from '../refusals.js';
import { SecretField } from '../secret-field.js';
import { useText } from '../text/use-text.js';
import { Guarded } from './guarded.js';

/** One's own sessions and password. */
export function OwnPage(): ReactNode {
  const text = useText();
  return (
    <Guarded title={text('me')}>
      {({ account, roles }) => (
        <>
          <Card
            main
            className="wide"
            title={account.name}
            actions={
              <Button icon={<LogOut size={16} aria-hidden />} onClick={() => void signOut()}>
                {text('signOut')}
              </Button>
            }
          >
            <div className="row">
              <span className="ui-soft">{account.email}</span>
              {roles.map((role) => (
                <Badge key={role} tone="accent">
                  {text(`role_${role}`)}
                </Badge>
              ))}
            </div>
          </Card>
          <Sessions />
          <PasswordChange email={account.email} />
        </>
      )}
    </Guarded>
  );
}

function Sessions(): ReactNode {
  const text = useText();
  const { format } = useLanguage();
  const client = useQueryClient();
  const sessions = useQuery({ queryKey: ['sessions'], queryFn: () => answerOf(hub.GET('/v1/sessions')) });
  const end = useMutation({
    mutationFn: (id: string) => answerOf(hub.DELETE('/v1/sessions/{id}', { params: { path: { id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const everywhere = useMutation({
    mutationFn: () => answerOf(hub.DELETE('/v1/sessions')),
    onSuccess: () => location.assign('/signin'),
  });
  return (
    <Card
      className="wide"
      title={text('sessions')}
      actions={
        <Button look="danger" busy={everywhere.isPending} onClick={() => everywhere.mutate()}>
          {text('signOutEverywhere')}
        </Button>
      }
    >
      {sessions.isPending && <LoadingState />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data && (
        <Table
          caption={text('sessions')}
          rows={sessions.data.items}
          rowKey={({ id }) => id}
          columns={[
            { key: 'browser', header: text('browser'), cell: ({ browser }) => shortName(browser) },
            { key: 'from', header: text('from'), cell: ({ address }) => address },
            { key: 'since', header: text('since'), cell: ({ createdAt }) => format.moment(createdAt) },
            { key: 'seen', header: text('lastSeen'), cell: ({ lastSeenAt }) => format.moment(lastSeenAt) },
            {
              key: 'end',
              header: text('actions'),
              cell: ({ id, current }) =>
                current ? (
                  <Badge tone="good">{text('thisBrowser')}</Badge>
                ) : (
                  <Button size="small" onClick={() => end.mutate(id)}>
                    {text('endSession')}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}

function PasswordChange({ email }: { email: string }): ReactNode {
  const text = useText();
  const toast = useToast();
  const [missing, setMissing] = useState(false);
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => answerOf(hub.PUT('/v1/passwords/me', { body })),
    onSuccess: () => toast(text('passwordChanged'), 'good'),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const body = { current: String(given.get('current-password')), next: String(given.get('new-password')) };
    const empty = body.current === '' || body.next === '';
    setMissing(empty);
    if (!empty) change.mutate(body, { onSuccess: () => form.reset() });
  };
  return (
    <Card className="wide" title={text('changePassword')}>
      <form className="form" onSubmit={submit} noValidate>
        <div role="alert">
          {(missing || change.isError) && (
            <p className="note" data-tone="bad">
              {missing ? text('missing') : passwordRefusal(text, change.error)}
            </p>
          )}
        </div>
        <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
        <SecretField label={text('currentPassword')} autoComplete="current-password" />
        <SecretField label={text('newPassword')} autoComplete="new-password" hint={text('passwordHint')} />
        <Button type="submit" look="primary" busy={change.isPending}>
          {text('save')}
        </Button>
      </form>
    </Card>
  );
}

function passwordRefusal(text: ReturnType<typeof useText>, error: unknown): string {
  const words = refusalText(text, error);
  return words === text('wrong') ? text('passwordWrong') : words;
}

/** `Chrome · Linux`, as well as a User-Agent header tells. */
function shortName(browser: string): string {
  const program = /(Edg|Firefox|OPR|Chrome|Safari)\//.exec(browser)?.[1]?.replace('Edg', 'Edge');
  const system = /(Windows|Macintosh|Android|iPhone|iPad|Linux)/.exec(browser)?.[1];
  return [program, system].filter(Boolean).join(' · ') || browser.slice(0, 40) || '–';
}
