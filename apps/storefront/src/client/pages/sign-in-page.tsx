import { useEffect, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useRouter } from '../router.js';
import type { DemoCustomer } from '../../catalogue/product.js';
import { fetchCustomers } from '../shop-api.js';
import { useAccount } from '../shop/account.js';
import { useText } from '../texts/use-text.js';

export function SignInPage(): ReactNode {
  const text = useText();
  const { user, signIn } = useAccount();
  const { place, go } = useRouter();
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const next = place.query.get('next');

  const enter = async (address: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(address);
      go(next?.startsWith('/') ? next : '/');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void enter(email.trim());
  };

  return (
    <section className="narrow sign-in" aria-labelledby="sign-in">
      <h1 id="sign-in">{user ? text('signedInAs', { name: user.name }) : text('signIn')}</h1>
      <p className="lead">{text('signInLead')}</p>
      <form onSubmit={submit} data-testid="sign-in-form">
        <label htmlFor="email">{text('email')}</label>
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
          {text(busy ? 'moment' : 'signIn')}
        </button>
      </form>
      <Customers onChoose={(customer) => void enter(customer.email)} />
    </section>
  );
}

const abouts = { ann: 'aboutAnn', shared: 'aboutShared', neighbour: 'aboutNeighbour' } as const;

/** The demonstration's customers, one press away. */
function Customers({ onChoose }: { onChoose: (customer: DemoCustomer) => void }): ReactNode {
  const text = useText();
  const [customers, setCustomers] = useState<DemoCustomer[]>([]);
  useEffect(() => {
    // Without them the form is enough.
    fetchCustomers().then(
      ({ items }) => setCustomers(items),
      () => undefined,
    );
  }, []);
  if (customers.length === 0) return null;
  return (
    <>
      <h2 className="customers-title">{text('orAs')}</h2>
      <ul className="customers">
        {customers.map((customer) => (
          <li key={customer.id}>
            <button
              type="button"
              className="customer"
              onClick={() => onChoose(customer)}
              data-testid={`customer-${customer.email.split('@')[0]}`}
            >
              <strong>{customer.name}</strong>
              <span className="soft">{text(abouts[customer.about])}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
