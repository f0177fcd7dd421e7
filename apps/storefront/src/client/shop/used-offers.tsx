import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useStoredState } from './stored-state.js';

export interface UsedOffer {
  key: string;
  label: string;
}

interface UsedOffers {
  used: UsedOffer[];
  use(offer: UsedOffer): void;
  clear(): void;
}

const UsedOffersContext = createContext<UsedOffers | null>(null);

/** Offers the customer took up and will find in the next order. */
export function UsedOffersProvider({ children }: { children: ReactNode }): ReactNode {
  const [used, setUsed] = useStoredState<UsedOffer[]>('shop:offers', [], isUsedOffers);
  const value = useMemo<UsedOffers>(
    () => ({
      used,
      use: (offer) => setUsed([...used.filter(({ key }) => key !== offer.key), offer].slice(-10)),
      clear: () => setUsed([]),
    }),
    [used, setUsed],
  );
  return <UsedOffersContext value={value}>{children}</UsedOffersContext>;
}

export function useUsedOffers(): UsedOffers {
  const offers = useContext(UsedOffersContext);
  if (!offers) throw new Error('useUsedOffers needs a UsedOffersProvider');
  return offers;
}

function isUsedOffers(value: unknown): value is UsedOffer[] {
  return (
    Array.isArray(value) &&
    value.every((offer) => typeof offer?.key === 'string' && typeof offer?.label === 'string')
  );
}
