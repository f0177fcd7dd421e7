import { answerOf, Button, Card, LoadingState } from '@repartee/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Frame } from '../frame.js';
import { hub } from '../hub.js';
import { refusalText } from '../refusals.js';
import { SecretField } from '../secret-field.js';
import { useText } from '../text/use-text.js';

/** Where the link of an invitation or a reset leads. */
export function PasswordPage(): ReactNode {
  const text = useText();
  const [token] = useState(() => location.hash.slice(1));
  const owner = useQuery({
    queryKey: ['link', token],
    queryFn: () => answerOf(hub.POST('/v1/passwords/links', { body: { token: token || 'none' } })),
    retry: false,
    // Once the link is used it is nobody's.
    staleTime: Infinity,
  });
  return (
    <Frame title={text('setPassword')}>
      <Card className="narrow">
        <div className="form">
          <h1>{text('setPassword')}</h1>
          {owner.isPending && <LoadingState />}
          {owner.isError && (
            <p className="note" data-tone="bad" role="alert">
              {refusalText(text, owner.error)}
            </p>
          )}
          {owner.data && <NewPassword email={owner.data.email} token={token} />}
        </div>
      </Card>
    </Frame>
  );
}

function NewPassword({ email, token }: { email: string; token: string }): ReactNode {
  const text = useText();
  const [missing, setMissing] = useState(false);
  const set = useMutation({
    mutationFn: (password: string) =>
      answerOf(hub.POST('/v1/passwords/links/redeem', { body: { token, password } })),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('new-password'));
    setMissing(password === '');
    if (password !== '') set.mutate(password);
  };
  if (set.isSuccess)
    return (
      <>
        <p className="note" data-tone="good" role="status">
          {text('passwordSet')}
        </p>
        <a className="ui-button" data-look="primary" data-size="large" href="/signin">
          {text('signIn')}
        </a>
      </>
    );
  const mistake = missing ? text('missing') : set.isError ? refusalText(text, set.error) : undefined;
  return (
    <form className="form" onSubmit={submit} noValidate>
      <p>{text('setPasswordFor', { email })}</p>
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <SecretField
        label={text('newPassword')}
        autoComplete="new-password"
        hint={text('passwordHint')}
        mistake={mistake}
      />
      <Button type="submit" look="primary" size="large" busy={set.isPending}>
        {text('save')}
      </Button>
    </form>
  );
}
