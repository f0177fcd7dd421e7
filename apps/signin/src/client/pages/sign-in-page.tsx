import { answerOf, Button, Card, TextField } from '@repartee/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Frame } from '../frame.js';
import { hub, type Me, signIn, signOut, wantedPath, whoAmI } from '../hub.js';
import { refusalText } from '../refusals.js';
import { SecretField } from '../secret-field.js';
import type { Word } from '../text/en.js';
import { useText } from '../text/use-text.js';

const PROBLEMS: Readonly<Record<string, Word>> = {
  refused: 'problemRefused',
  again: 'problemAgain',
  provider: 'problemProvider',
};

export function SignInPage(): ReactNode {
  const text = useText();
  const me = useQuery({ queryKey: ['me'], queryFn: whoAmI });
  return (
    <Frame title={text('signIn')} me={me.data}>
      <Card className="narrow">
        {me.data ? (
          <GoOn me={me.data} />
        ) : (
          <div className="form">
            <h1>{text('welcome')}</h1>
            <PasswordForm />
            <Providers />
          </div>
        )}
      </Card>
    </Frame>
  );
}

function GoOn({ me }: { me: NonNullable<Me> }): ReactNode {
  const text = useText();
  return (
    <div className="form">
      <h1>{text('welcome')}</h1>
      <p>{text('signedInAs', { name: me.account.name })}</p>
      <a className="ui-button" data-look="primary" data-size="large" href={me.next}>
        {text('goOn')}
      </a>
      <Button onClick={() => void signOut()}>{text('signOut')}</Button>
    </div>
  );
}

function PasswordForm(): ReactNode {
  const text = useText();
  const [missing, setMissing] = useState<readonly string[]>([]);
  const enter = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, password] = [String(form.get('email')).trim(), String(form.get('current-password'))];
    const empty = [...(email === '' ? ['email'] : []), ...(password === '' ? ['password'] : [])];
    setMissing(empty);
    if (empty.length === 0) enter.mutate({ email, password });
  };
  const problem = PROBLEMS[new URLSearchParams(location.search).get('problem') ?? ''];
  return (
    <form className="form" onSubmit={submit} noValidate>
      <div role="alert">
        {enter.isError ? (
          <p className="note" data-tone="bad">
            {refusalText(text, enter.error)}
          </p>
        ) : (
          problem && <p className="note">{text(problem)}</p>
        )}
      </div>
      <TextField
        label={text('email')}
        name="email"
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        {...(missing.includes('email') && { mistake: text('missing') })}
      />
      <SecretField
        label={text('password')}
        autoComplete="current-password"
        mistake={missing.includes('password') ? text('missing') : undefined}
      />
      <Button
        type="submit"
        look="primary"
        size="large"
        busy={enter.isPending || enter.isSuccess}
        icon={<LogIn size={17} aria-hidden />}
      >
        {text('signIn')}
      </Button>
      <p className="ui-soft">{text('forgot')}</p>
    </form>
  );
}

/** The ways in that need no password of ours. */
function Providers(): ReactNode {
  const text = useText();
  const { data } = useQuery({ queryKey: ['providers'], queryFn: () => answerOf(hub.GET('/v1/oidc')) });
  if (!data || data.items.length === 0) return null;
  const wanted = wantedPath();
  const query = wanted === undefined ? '' : `?${new URLSearchParams({ returnTo: wanted }).toString()}`;
  return (
    <>
      <p className="between">{text('or')}</p>
      {data.items.map(({ key, name, startUrl }) => (
        <a key={key} className="ui-button" data-look="plain" data-size="large" href={`${startUrl}${query}`}>
          {text('signInWith', { name })}
        </a>
      ))}
    </>
  );
}
