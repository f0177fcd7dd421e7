import type { ReactNode } from 'react';
import { Link } from '../router.js';
import { useAccount } from '../shop/account.js';

export function ConfirmationPage({ orderId }: { orderId: string }): ReactNode {
  const { user } = useAccount();
  return (
    <section className="notice" data-testid="order-confirmation">
      <img src="/shop/art/parcel.svg" alt="" width="240" height="200" />
      <h1>Thank you{user ? `, ${user.name.split(' ')[0]}` : ''}.</h1>
      <p>
        Your order <strong data-testid="order-id">{orderId}</strong> is in good hands.
      </p>
      <Link to="/" className="button primary">
        Back to the shelf
      </Link>
    </section>
  );
}
