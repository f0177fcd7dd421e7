import { useLanguage } from '@repartee/ui';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Product } from '../../catalogue/product.js';

export interface Catalogue {
  products: Product[];
  currency: string;
  find(id: string): Product | undefined;
  money(amount: number): string;
}

const CatalogueContext = createContext<Catalogue | null>(null);

export function CatalogueProvider(props: {
  products: Product[];
  currency: string;
  children: ReactNode;
}): ReactNode {
  const { products, currency, children } = props;
  const { format } = useLanguage();
  const catalogue = useMemo<Catalogue>(() => {
    return {
      products,
      currency,
      find: (id) => products.find((product) => product.id === id),
      money: (amount) => format.money(amount, currency),
    };
  }, [products, currency, format]);
  return <CatalogueContext value={catalogue}>{children}</CatalogueContext>;
}

export function useCatalogue(): Catalogue {
  const catalogue = useContext(CatalogueContext);
  if (!catalogue) throw new Error('useCatalogue needs a CatalogueProvider');
  return catalogue;
}
