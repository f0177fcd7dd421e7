import { useLanguage } from '@repartee/ui';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { PastOrder, User } from '../../catalogue/product.js';
import { SmallOffer } from '../hub/small-offer.js';
import { fetchOrders } from '../shop-api.js';
import { useAccount } from '../shop/account.js';
import { PreferenceCentre } from '../shop/preference-centre.js';
import { useText } from '../texts/use-text.js';
import { SignInPage } from './sign-in-page.js';

/** What a customer has ordered, and what may reach them. */
export function AccountPage(): ReactNode {
  const { user } = useAccount();
  return user ? <Account user={user} /> : <SignInPage />;
}

function Account({ user }: { user: User }): ReactNode {
  const text = useText();
  return (
    <section className="narrow account-page" aria-labelledby="account">
      <h1 id="account">{text('hello', { name: user.name.split(' ')[0] ?? '' })}</h1>
      <p className="soft">
        {user.email} · {user.phone}
      </p>
      <SmallOffer zone="account.main" testId="account" />
      <Orders />
      <PreferenceCentre phone={user.phone} />
    </section>
  );
}

function Orders(): ReactNode {
  const text = useText();
  const [orders, setOrders] = useState<PastOrder[] | string>();
  useEffect(() => {
    fetchOrders().then(
      ({ items }) => setOrders(items),
      (error: unknown) => setOrders(error instanceof Error ? error.message : String(error)),
    );
  }, []);
  return (
    <div className="panel" aria-busy={orders === undefined}>
      <h2>{text('yourOrders')}</h2>
      {typeof orders === 'string' && (
        <p className="form-problem" role="alert">
          {orders}
        </p>
      )}
      {Array.isArray(orders) && orders.length === 0 && <p className="soft">{text('noOrders')}</p>}
      {Array.isArray(orders) && orders.length > 0 && (
        <ul className="orders" data-testid="orders">
          {orders.map((order) => (
            <OrderLine key={order.orderId} order={order} />
          ))}
        </ul>
      )}
    </div>
  );
}

function OrderLine({ order: { orderId, at, total, currency, products } }: { order: PastOrder }): ReactNode {
  const { format } = useLanguage();
  return (
    <li>
      <span className="order-head">
        <strong>{orderId}</strong>
        <span>{format.money(total, currency)}</span>
      </span>
      <span className="soft">
        <time dateTime={at}>{format.day(at)}</time> ·{' '}
        {products.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}
      </span>
    </li>
  );
}
