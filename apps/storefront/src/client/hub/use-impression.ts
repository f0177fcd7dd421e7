import type { Offer } from '@repartee/web';
import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useHub } from './hub.js';

/** Ties an element to the offer it shows, so that the hub hears when it was seen. */
export function useImpression<E extends Element>(offer: Offer | undefined): RefObject<E | null> {
  const hub = useHub();
  const element = useRef<E>(null);
  useEffect(() => {
    if (!hub || !offer || !element.current) return undefined;
    return hub.observe(element.current, offer);
  }, [hub, offer]);
  return element;
}
