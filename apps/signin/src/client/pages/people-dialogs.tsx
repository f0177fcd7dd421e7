import { answerOf, Button, Checkbox, Dialog, TextField, useToast } from '@repartee/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Account, PasswordLink } from '../accounts.js';
import { hub } from '../hub.js';
import { refusalText } from '../refusals.js';
import { useText } from '../text/use-text.js';

type Role = Account['roles'][number];
const ROLES: readonly Role[] = ['agent', 'supervisor', 'marketer', 'analyst', 'integrator', 'admin'];

/** Which roles a form has ticked. */
function rolesIn(form: HTMLFormElement): Role[] {
  const given = new FormData(form).getAll('role');
  return ROLES.filter((role) => given.includes(role));
}

function RoleChoice({ given = [] }: { given?: readonly Role[] }): ReactNode {
  const text = useText();
  return (
    <fieldset>
      <legend>{text('roles')}</legend>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          name="role"
          value={role}
          defaultChecked={given.includes(role)}
          label={text(`role_${role}`)}
        />
      ))}
    </fieldset>
  );
}

export function InviteDialog({
  open,
  onClose,
  onInvited,
}: {
  open: boolean;
  onClose(): void;
  onInvited(link: PasswordLink): void;
}): ReactNode {
  const text = useText();
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: (body: { email: string; name: string; roles: Role[] }) =>
      answerOf(hub.POST('/v1/accounts', { body })),
    onSuccess: ({ link }) => {
      void client.invalidateQueries({ queryKey: ['accounts'] });
      onInvited(link);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, name] = [String(form.get('email')).trim(), String(form.get('name')).trim()];
    invite.mutate({ email, name, roles: rolesIn(event.currentTarget) });
  };
  return (
    <Dialog open={open} onClose={onClose} title={text('inviteSomebody')}>
      <form className="form" onSubmit={submit}>
        {invite.isError && (
          <p className="note" data-tone="bad" role="alert">
            {refusalText(text, invite.error)}
          </p>
        )}
        <TextField label={text('name')} name="name" autoComplete="off" required maxLength={200} />
        <TextField label={text('email')} name="email" type="email" autoComplete="off" required />
        <RoleChoice />
        <Button type="submit" look="primary" busy={invite.isPending}>
          {text('invite')}
        </Button>
      </form>
    </Dialog>
  );
}

export function RolesDialog({ account, onClose }: { account: Account; onClose(): void }): ReactNode {
  const text = useText();
  const toast = useToast();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (roles: Role[]) =>
      answerOf(hub.PUT('/v1/accounts/{id}/roles', { params: { path: { id: account.id } }, body: { roles } })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['accounts'] });
      toast(text('saved'), 'good');
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    change.mutate(rolesIn(event.currentTarget));
  };
  return (
    <Dialog open onClose={onClose} title={text('editRoles', { name: account.name })}>
      <form className="form" onSubmit={submit}>
        {change.isError && (
          <p className="note" data-tone="bad" role="alert">
            {refusalText(text, change.error)}
          </p>
        )}
        <RoleChoice given={account.roles} />
        <Button type="submit" look="primary" busy={change.isPending}>
          {text('save')}
        </Button>
      </form>
    </Dialog>
  );
}

/** The one time that a link is shown. */
export function LinkDialog({
  link,
  onClose,
}: {
  link: PasswordLink | undefined;
  onClose(): void;
}): ReactNode {
  const text = useText();
  const [last, setLast] = useState(link);
  if (link !== undefined && link !== last) setLast(link);
  return (
    <Dialog open={link !== undefined} onClose={onClose} title={text('link')} stays>
      <p>{text('linkReady')}</p>
      <p className="link">{(link ?? last)?.url}</p>
    </Dialog>
  );
}
