import type { ReactNode } from 'react';
import { OfferActions } from './offer-actions.js';
import { readContent } from './offer-content.js';
import { useImpression } from './use-impression.js';
import { useZone } from './use-zone.js';

/** The zone `product.aside`: a quiet note beside a product, or nothing at all. */
export function AsideOffer({ category }: { category: string }): ReactNode {
  const { zone } = useZone('product.aside', { category });
  const offer = zone?.offers[0];
  const content = readContent(offer?.content);
  const element = useImpression<HTMLElement>(content ? offer : undefined);
  if (!offer || !content) return null;
  return (
    <aside
      ref={element}
      className="aside-offer"
      aria-label="An offer for you"
      data-testid="aside-offer"
      data-offer={offer.offer}
    >
      <h2>{content.headline}</h2>
      {content.body && <p>{content.body}</p>}
      <OfferActions offer={offer} content={content} testId="aside" />
    </aside>
  );
}
