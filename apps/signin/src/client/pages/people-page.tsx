import { answerOf, Badge, Button, Card, ErrorState, LoadingState, Table, useToast } from '@repartee/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Account, type PasswordLink, readAccounts } from '../accounts.js';
import { hub } from '../hub.js';
import { refusalText } from '../refusals.js';
import { useText } from '../text/use-text.js';
import { Guarded } from './guarded.js';
import { InviteDialog, LinkDialog, RolesDialog } from './people-dialogs.js';

/** Who works here, and as what. For administrators. */
export function PeoplePage(): ReactNode {
  const text = useText();
  return (
    <Guarded title={text('people')} may={({ roles }) => roles.includes('admin')}>
      {({ account }) => <People ownId={account.id} />}
    </Guarded>
  );
}

function People({ ownId }: { ownId: string }): ReactNode {
  const text = useText();
  const accounts = useQuery({ queryKey: ['accounts'], queryFn: readAccounts });
  const [inviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<Account>();
  const [link, setLink] = useState<PasswordLink>();
  return (
    <Card
      main
      className="wide"
      title={text('people')}
      actions={
        <Button look="primary" icon={<UserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
          {text('invite')}
        </Button>
      }
    >
      {accounts.isPending && <LoadingState />}
      {accounts.isError && <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.data && (
        <PeopleTable rows={accounts.data.items} ownId={ownId} onEdit={setEdited} onLink={setLink} />
      )}
      <InviteDialog
        open={inviting}
        onClose={() => setInviting(false)}
        onInvited={(made) => {
          setInviting(false);
          setLink(made);
        }}
      />
      {edited && <RolesDialog key={edited.id} account={edited} onClose={() => setEdited(undefined)} />}
      <LinkDialog link={link} onClose={() => setLink(undefined)} />
    </Card>
  );
}

interface PeopleTableProps {
  rows: readonly Account[];
  ownId: string;
  onEdit(account: Account): void;
  onLink(link: PasswordLink): void;
}

function PeopleTable({ rows, ownId, onEdit, onLink }: PeopleTableProps): ReactNode {
  const text = useText();
  return (
    <Table
      caption={text('people')}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', header: text('name'), cell: ({ name }) => name },
        { key: 'email', header: text('email'), cell: ({ email }) => email },
        { key: 'roles', header: text('roles'), cell: (account) => <Roles roles={account.roles} /> },
        { key: 'state', header: text('state'), cell: (account) => <State account={account} /> },
        {
          key: 'actions',
          header: text('actions'),
          cell: (account) => <Actions {...{ account, ownId, onEdit, onLink }} />,
        },
      ]}
    />
  );
}

function Actions({
  account,
  ownId,
  onEdit,
  onLink,
}: Omit<PeopleTableProps, 'rows'> & { account: Account }): ReactNode {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const onError = (error: unknown) => toast(refusalText(text, error), 'bad');
  const renew = useMutation({
    mutationFn: (id: string) =>
      answerOf(hub.POST('/v1/accounts/{id}/reset-link', { params: { path: { id } } })),
    onSuccess: onLink,
    onError,
  });
  const disable = useMutation({
    mutationFn: ({ id, disabled }: { id: string; disabled: boolean }) =>
      answerOf(hub.PUT('/v1/accounts/{id}/disabled', { params: { path: { id } }, body: { disabled } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
    onError,
  });
  return (
    <div className="row">
      <Button size="small" onClick={() => onEdit(account)}>
        {text('roles')}
      </Button>
      <Button size="small" onClick={() => renew.mutate(account.id)}>
        {text('resetLink')}
      </Button>
      {account.id !== ownId && (
        <Button
          size="small"
          onClick={() => disable.mutate({ id: account.id, disabled: account.disabledAt === null })}
        >
          {text(account.disabledAt === null ? 'disable' : 'enable')}
        </Button>
      )}
    </div>
  );
}

function Roles({ roles }: { roles: Account['roles'] }): ReactNode {
  const text = useText();
  return (
    <div className="row">
      {roles.length === 0 && <span className="ui-soft">{text('noRoles')}</span>}
      {roles.map((role) => (
        <Badge key={role} tone="accent">
          {text(`role_${role}`)}
        </Badge>
      ))}
    </div>
  );
}

function State({ account: { disabledAt, hasPassword, lastSignInAt } }: { account: Account }): ReactNode {
  const text = useText();
  if (disabledAt !== null) return <Badge tone="bad">{text('disabled')}</Badge>;
  const came = hasPassword || lastSignInAt !== null;
  return <Badge tone={came ? 'good' : 'warn'}>{text(came ? 'active' : 'invited')}</Badge>;
}
