import {
  type Kiosk,
  type KioskContent,
  type KioskOffer,
  KioskError,
  type Visit,
  type ZoneOffers,
} from '@repartee/kiosk-client';
import { useCallback, useEffect, useState } from 'react';

export interface ShownOffer extends KioskOffer {
  zone: string;
  accepted: boolean;
}

export interface Offers {
  /** Undefined while they are asked for. */
  shown: ShownOffer[] | undefined;
  /** What zones show that have no offer. */
  fallbacks: KioskContent[];
  answer(offer: ShownOffer, answer: 'Accepted' | 'Dismissed'): void;
}

/** The offers of a visit, without those that have ended and those that were dismissed. */
export function useOffers(kiosk: Kiosk, visit: Visit, locale: string, onOver: () => void): Offers {
  const [zones, setZones] = useState<ZoneOffers[]>();
  const [answers, setAnswers] = useState<ReadonlyMap<string, 'Accepted' | 'Dismissed'>>(new Map());
  const [now, setNow] = useState(() => kiosk.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(kiosk.now()), 1_000);
    return () => clearInterval(timer);
  }, [kiosk]);
  useEffect(() => {
    let gone = false;
    visit.offers(locale).then(
      (found) => {
        if (!gone) setZones(found);
      },
      (error: unknown) => {
        if (gone) return;
        if (error instanceof KioskError && !error.passing) onOver();
        else setZones([]);
      },
    );
    return () => {
      gone = true;
    };
  }, [visit, locale, onOver]);
  const answer = useCallback(
    (offer: ShownOffer, given: 'Accepted' | 'Dismissed') => {
      setAnswers((before) => new Map(before).set(offer.token, given));
      void visit.answer(offer, given, offer.zone).then(() => kiosk.beat());
    },
    [kiosk, visit],
  );
  const shown = zones?.flatMap(({ zone, offers }) =>
    offers
      .map((offer) => ({ ...offer, zone, accepted: answers.get(offer.token) === 'Accepted' }))
      .filter(({ token, accepted, validUntil }) => {
        if (accepted) return true;
        return answers.get(token) !== 'Dismissed' && Date.parse(validUntil) > now;
      }),
  );
  const fallbacks = (zones ?? []).flatMap(({ zone, fallback }) =>
    fallback && !shown?.some((offer) => offer.zone === zone) ? [fallback] : [],
  );
  return { shown, fallbacks, answer };
}
