import {
  LanguageProvider,
  LanguageSwitch,
  LoadingState,
  ThemeProvider,
  ThemeSwitch,
  useLanguage,
} from '@repartee/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useText } from '../words/words.js';
import { PhoneOffer } from './phone-offer.js';
import { accept, type CarriedOffer, keepAccepted, moreOffers, type Taken, takeOver } from './taken.js';

/** The visit on the visitor's own phone. */
export function ContinuePage(): ReactNode {
  return (
    <ThemeProvider>
      <LanguageProvider>
        <Continued />
      </LanguageProvider>
    </ThemeProvider>
  );
}

function Continued(): ReactNode {
  const text = useText();
  const { locale } = useLanguage();
  const { state, visit, more, take } = useTaken(locale);
  const brought = visit?.carried?.offers ?? [];
  return (
    <>
      <main className="phone">
        <h1>{text('phoneTitle')}</h1>
        {state === 'opening' && <LoadingState />}
        {state === 'gone' && <p role="alert">{text('phoneGone')}</p>}
        {visit && brought.length === 0 && <p>{text('phoneNothing')}</p>}
        <ul className="offers" data-testid="brought">
          {brought.map((offer) => (
            <PhoneOffer key={offer.token} heading="h2" offer={offer} onAccept={() => take(offer)} />
          ))}
        </ul>
        {more.length > 0 && <h2>{text('phoneMore')}</h2>}
        <ul className="offers" data-testid="more">
          {more.map((offer) => (
            <PhoneOffer key={offer.token} heading="h3" offer={offer} onAccept={() => take(offer)} />
          ))}
        </ul>
      </main>
      <footer className="bar">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </>
  );
}

/** Takes the visit over, once, and asks what else there is. */
function useTaken(locale: string) {
  const [taken, setTaken] = useState<Taken | 'opening' | 'gone'>('opening');
  const [more, setMore] = useState<CarriedOffer[]>([]);
  const asked = useRef(false);
  useEffect(() => {
    // The code works once: it must not be shown twice.
    if (asked.current) return;
    asked.current = true;
    takeOver().then(setTaken, () => setTaken('gone'));
  }, []);
  const visit = typeof taken === 'object' ? taken : undefined;
  const visitor = visit?.anonymousId;
  useEffect(() => {
    if (!visit) return;
    moreOffers(visit, locale).then(
      (offers) => setMore(offers.map((offer) => ({ ...offer, accepted: false }))),
      () => setMore([]),
    );
    // Asked anew for another visitor or language, not for what they accept.
  }, [visitor, locale]);
  const take = (offer: CarriedOffer): void => {
    if (!visit) return;
    accept(visit, offer.token).then(
      () => {
        setTaken(keepAccepted(visit, offer.token));
        setMore((before) =>
          before.map((one) => (one.token === offer.token ? { ...one, accepted: true } : one)),
        );
      },
      () => setMore((before) => before.filter((one) => one.token !== offer.token)),
    );
  };
  return { state: typeof taken === 'object' ? 'open' : taken, visit, more, take };
}
