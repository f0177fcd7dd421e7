import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useRouter } from '../router.js';
import { useAccount } from '../shop/account.js';

export function SignInPage(): ReactNode {
  const { user, signIn } = useAccount();
  const { place, go } = useRouter();
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const next = place.query.get('next');

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim());
      go(next?.startsWith('/') ? next : '/');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  return (
    <section className="narrow sign-in" aria-labelledby="sign-in">
      <h1 id="sign-in">{user ? `Signed in as ${user.name}` : 'Sign in'}</h1>
      <p className="lead">This is a demo: any e-mail address will do, and there is no password.</p>
      <form onSubmit={(event) => void submit(event)} data-testid="sign-in-form">
        <label htmlFor="email">E-mail</label>
        <input
          id="email"
          name="email"
          type="email"
          required
          maxLength={254}
          autoComplete="email"
          placeholder="ann@example.org"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          aria-invalid={problem !== null}
          aria-describedby={problem ? 'sign-in-problem' : undefined}
          data-testid="sign-in-email"
        />
        {problem && (
          <p className="form-problem" id="sign-in-problem" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" className="button primary" disabled={busy} data-testid="sign-in-submit">
          {busy ? 'One moment…' : 'Sign in'}
        </button>
      </form>
    </section>
  );
}
