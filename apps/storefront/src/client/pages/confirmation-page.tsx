import type { ReactNode } from 'react';
import { SmallOffer } from '../hub/small-offer.js';
import { Link } from '../router.js';
import { useAccount } from '../shop/account.js';
import { useText } from '../texts/use-text.js';

export function ConfirmationPage({ orderId }: { orderId: string }): ReactNode {
  const text = useText();
  const { user } = useAccount();
  return (
    <section className="notice" data-testid="order-confirmation">
      <img src="/shop/art/parcel.svg" alt="" width="240" height="200" />
      <h1>{user ? text('thanksTo', { name: user.name.split(' ')[0] ?? '' }) : text('thanks')}</h1>
      <p>
        {text('orderInHands')} <strong data-testid="order-id">{orderId}</strong>
      </p>
      <Link to="/" className="button primary">
        {text('backToShelf')}
      </Link>
      <SmallOffer zone="confirmation.next" />
    </section>
  );
}
