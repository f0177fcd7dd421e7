import type { ReactNode } from 'react';
import { type ShopKey, useText } from '../texts/use-text.js';
import { OfferActions } from './offer-actions.js';
import { readContent } from './offer-content.js';
import type { ShownContent } from './offer-content.js';
import { useImpression } from './use-impression.js';
import { useZone } from './use-zone.js';

/** What the shop says when the hub has nothing to say, or is away. */
function houseContent(text: (key: ShopKey) => string): ShownContent {
  return {
    headline: text('houseHeadline'),
    body: text('houseBody'),
    image: HOUSE_IMAGE,
    cta: { label: text('houseAction'), url: '/shop/c/coffee' },
  };
}

const HOUSE_IMAGE = '/shop/art/cup.svg';

/** The zone `home.hero`: the opening of the home page, or, compact, the end of another. */
export function Hero({ compact = false }: { compact?: boolean }): ReactNode {
  const text = useText();
  const { loading, zone } = useZone('home.hero');
  const best = zone?.offers[0];
  const chosen = readContent(best?.content);
  const offer = chosen ? best : undefined;
  const content = chosen ?? readContent(zone?.fallback) ?? houseContent(text);
  const Headline = compact ? 'h2' : 'h1';
  const element = useImpression<HTMLElement>(offer);

  return (
    <section
      ref={element}
      className={`hero${compact ? ' hero-compact' : ''}`}
      aria-label={text(offer ? 'anOffer' : 'welcome')}
      aria-busy={loading}
      data-testid="hero"
      data-offer={offer?.offer ?? ''}
      data-state={loading ? 'loading' : offer ? 'offer' : 'fallback'}
    >
      {/* A new key restarts the entrance, so that a change is noticed and not startling. */}
      <div className="hero-inner" key={offer?.token ?? 'fallback'}>
        <div className="hero-text">
          <p className="eyebrow">{offer ? text('forYou') : 'Fieldnote'}</p>
          <Headline data-testid="hero-headline">{content.headline}</Headline>
          {content.body && <p className="hero-body">{content.body}</p>}
          <OfferActions offer={offer} content={content} testId="hero" />
        </div>
        <img className="hero-art" src={content.image ?? HOUSE_IMAGE} alt="" width="480" height="400" />
      </div>
    </section>
  );
}
