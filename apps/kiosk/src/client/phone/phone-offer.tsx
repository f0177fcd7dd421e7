import { Button } from '@repartee/ui';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../words/words.js';
import type { CarriedOffer } from './taken.js';

interface Props {
  offer: CarriedOffer;
  /** One below the heading it stands under. */
  heading: 'h2' | 'h3';
  onAccept(): void;
}

/** An offer on the phone: what was accepted shows how to redeem it. */
export function PhoneOffer({ offer, heading: Heading, onAccept }: Props): ReactNode {
  const text = useText();
  const { headline, body, voucher, terms, accept } = offer.content;
  const over = Date.parse(offer.validUntil) <= Date.now();
  return (
    <li className="ui-card offer" data-offer={offer.offer} data-accepted={offer.accepted}>
      <div className="ui-card-body">
        <Heading>{headline}</Heading>
        {body !== undefined && <p>{body}</p>}
        {offer.accepted && (
          <p className="mine">
            <Check aria-hidden /> {text('accepted')}
          </p>
        )}
        {offer.accepted && voucher && (
          <p className="voucher">
            {voucher.text} <strong>{voucher.code}</strong>
          </p>
        )}
        {!offer.accepted && over && <p className="soft">{text('phoneOver')}</p>}
        {!offer.accepted && !over && (
          <Button look="primary" size="large" onClick={onAccept}>
            {accept ?? text('accept')}
          </Button>
        )}
        {terms !== undefined && <p className="soft">{terms}</p>}
      </div>
    </li>
  );
}
