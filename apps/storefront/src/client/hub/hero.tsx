import type { ReactNode } from 'react';
import { OfferActions } from './offer-actions.js';
import { readContent } from './offer-content.js';
import type { ShownContent } from './offer-content.js';
import { useImpression } from './use-impression.js';
import { useZone } from './use-zone.js';

/** What the shop says when the hub has nothing to say, or is away. */
const house: ShownContent = {
  headline: 'Good coffee, plainly made.',
  body: 'Four roasts, four brewers, four tools. Nothing you need to read a manual for.',
  image: '/shop/art/cup.svg',
  cta: { label: 'See the coffee', url: '/shop/c/coffee' },
};

/** The zone `home.hero`: the opening of the home page, or, compact, the end of another. */
export function Hero({ compact = false }: { compact?: boolean }): ReactNode {
  const { loading, zone } = useZone('home.hero');
  const best = zone?.offers[0];
  const chosen = readContent(best?.content);
  const offer = chosen ? best : undefined;
  const content = chosen ?? readContent(zone?.fallback) ?? house;
  const Headline = compact ? 'h2' : 'h1';
  const element = useImpression<HTMLElement>(offer);

  return (
    <section
      ref={element}
      className={`hero${compact ? ' hero-compact' : ''}`}
      aria-label={offer ? 'An offer for you' : 'Welcome'}
      aria-busy={loading}
      data-testid="hero"
      data-offer={offer?.offer ?? ''}
      data-state={loading ? 'loading' : offer ? 'offer' : 'fallback'}
    >
      {/* A new key restarts the entrance, so that a change is noticed and not startling. */}
      <div className="hero-inner" key={offer?.token ?? 'fallback'}>
        <div className="hero-text">
          <p className="eyebrow">{offer ? 'For you' : 'Fieldnote Coffee'}</p>
          <Headline data-testid="hero-headline">{content.headline}</Headline>
          {content.body && <p className="hero-body">{content.body}</p>}
          <OfferActions offer={offer} content={content} testId="hero" />
        </div>
        <img className="hero-art" src={content.image ?? house.image} alt="" width="480" height="400" />
      </div>
    </section>
  );
}
