import type { DecidedZone } from '@repartee/web';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Countdown } from './countdown.js';
import { useHub } from './hub.js';
import { useText } from '../texts/use-text.js';
import { OfferActions } from './offer-actions.js';
import { readContent } from './offer-content.js';
import { useImpression } from './use-impression.js';

const ZONE = 'cart.note';

/** The zone `cart.note`: nothing, until the hub pushes an offer into the open page. */
export function CartNote(): ReactNode {
  const text = useText();
  const hub = useHub();
  const [zone, setZone] = useState<DecidedZone | null>(null);
  useEffect(() => hub?.onPushed((pushed) => pushed.zone === ZONE && setZone(pushed)), [hub]);
  const offer = zone?.offers[0];
  const content = readContent(offer?.content);
  const element = useImpression<HTMLElement>(content ? offer : undefined);
  if (!offer || !content) return null;
  return (
    <aside
      ref={element}
      className="aside-offer"
      aria-live="polite"
      aria-label={text('anOffer')}
      data-testid="cart-note"
      data-offer={offer.offer}
    >
      <h2>{content.headline}</h2>
      {content.body && <p>{content.body}</p>}
      <Countdown offer={offer} onEnd={() => setZone(null)} />
      <OfferActions offer={offer} content={content} testId="cart-note" />
    </aside>
  );
}
