import type { ReactNode } from 'react';
import { useText } from '../texts/use-text.js';
import { OfferActions } from './offer-actions.js';
import { readContent } from './offer-content.js';
import { useImpression } from './use-impression.js';
import { useZone } from './use-zone.js';

interface Props {
  zone: string;
  context?: Record<string, unknown>;
  /** Names the note and, with a suffix, its buttons for tests. */
  testId?: string;
}

/** A quiet note of a zone, or nothing at all. */
export function SmallOffer({ zone: name, context, testId = name }: Props): ReactNode {
  const text = useText();
  const { zone } = useZone(name, context);
  const offer = zone?.offers[0];
  const content = readContent(offer?.content);
  const element = useImpression<HTMLElement>(content ? offer : undefined);
  if (!offer || !content) return null;
  return (
    <aside
      ref={element}
      className="aside-offer"
      aria-label={text('anOffer')}
      data-testid={`${testId}-offer`}
      data-offer={offer.offer}
    >
      <h2>{content.headline}</h2>
      {content.body && <p>{content.body}</p>}
      <OfferActions offer={offer} content={content} testId={testId} />
    </aside>
  );
}
