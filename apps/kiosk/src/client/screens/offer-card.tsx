import { Button, useLanguage } from '@repartee/ui';
import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../words/words.js';
import type { ShownOffer } from './use-offers.js';

interface Props {
  offer: ShownOffer;
  onShown(): void;
  onAnswer(answer: 'Accepted' | 'Dismissed'): void;
}

/** One offer. It counts as viewed once half of it was on the screen. */
export function OfferCard({ offer, onShown, onAnswer }: Props): ReactNode {
  const text = useText();
  const { locale } = useLanguage();
  const card = useRef<HTMLLIElement>(null);
  const [pictured, setPictured] = useState(true);
  const shown = useRef(onShown);
  shown.current = onShown;
  useEffect(() => {
    const watch = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && shown.current(),
      { threshold: 0.5 },
    );
    if (card.current) watch.observe(card.current);
    return () => watch.disconnect();
  }, [offer.token]);
  const { headline, body, image, accept, voucher, terms } = offer.content;
  const until = new Date(offer.validUntil).toLocaleString(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return (
    <li ref={card} className="ui-card offer" data-offer={offer.offer} data-accepted={offer.accepted}>
      {image !== undefined && pictured && <img src={image} alt="" onError={() => setPictured(false)} />}
      <div className="ui-card-body">
        <h2>{headline}</h2>
        {body !== undefined && <p>{body}</p>}
        {offer.accepted ? (
          <p className="mine" role="status">
            <Check aria-hidden /> {text('accepted')}
          </p>
        ) : (
          <p className="offer-answers">
            <Button look="primary" size="large" onClick={() => onAnswer('Accepted')}>
              {accept ?? text('accept')}
            </Button>
            <Button look="quiet" size="large" onClick={() => onAnswer('Dismissed')}>
              {text('noThanks')}
            </Button>
          </p>
        )}
        {offer.accepted && voucher && (
          <p className="voucher">
            {voucher.text} <strong>{voucher.code}</strong>
          </p>
        )}
        <p className="soft">{text('until', { time: until })}</p>
        {terms !== undefined && <p className="soft">{terms}</p>}
      </div>
    </li>
  );
}
