import { Button, LanguageSwitch, TextField, ThemeSwitch } from '@repartee/ui';
import { Headset } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useText } from '../words/words.js';
import { useHub } from './hub.js';

export function SignInPage(): ReactNode {
  const text = useText();
  const { signIn } = useHub();
  const [mistake, setMistake] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setMistake(undefined);
    try {
      await signIn(String(form.get('email')), String(form.get('password')));
    } catch (error) {
      setMistake(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <main className="sign-in">
      <form className="ui-card sign-in-card" onSubmit={(event) => void submit(event)}>
        <span className="mark" aria-hidden>
          <Headset size={24} />
        </span>
        <h1>{text('signInTitle')}</h1>
        <p className="ui-soft">{text('signInLead')}</p>
        <TextField label={text('email')} name="email" type="email" autoComplete="username" required />
        <TextField
          label={text('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <p role="alert" className="ui-mistake">
          {mistake}
        </p>
        <Button type="submit" look="primary" size="large" busy={busy}>
          {text('signIn')}
        </Button>
        <div className="sign-in-switches">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </form>
    </main>
  );
}
