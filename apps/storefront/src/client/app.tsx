import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Product, ShopConfig, SignedIn } from '../catalogue/product.js';
import { ConsentBanner } from './hub/consent-banner.js';
import { HubProvider, useHub } from './hub/hub.js';
import { pageAt } from './pages/page-at.js';
import { RouterProvider, useRouter } from './router.js';
import { AccountProvider } from './shop/account.js';
import { CartProvider } from './shop/cart.js';
import { CatalogueProvider, useCatalogue } from './shop/catalogue.js';
import { Header } from './shop/header.js';
import { UsedOffersProvider } from './shop/used-offers.js';

interface Props {
  config: ShopConfig | null;
  products: Product[];
  currency: string;
  signedIn: SignedIn | undefined;
}

export function App({ config, products, currency, signedIn }: Props): ReactNode {
  return (
    <RouterProvider>
      <HubProvider config={config}>
        <CatalogueProvider products={products} currency={currency}>
          <AccountProvider signedIn={signedIn}>
            <CartProvider>
              <UsedOffersProvider>
                <Frame />
              </UsedOffersProvider>
            </CartProvider>
          </AccountProvider>
        </CatalogueProvider>
      </HubProvider>
    </RouterProvider>
  );
}

function Frame(): ReactNode {
  const { place } = useRouter();
  const hub = useHub();
  const main = useRef<HTMLElement>(null);
  const catalogue = useCatalogue();
  const { title, content } = pageAt(place, catalogue);

  useEffect(() => {
    document.title = `${title} · Fieldnote Coffee`;
    hub?.page(title, { path: place.path });
    // A new page begins at its top for readers by ear and by keyboard too.
    if (place.visit > 0) main.current?.focus({ preventScroll: true });
  }, [hub, place, title]);

  return (
    <>
      <Header />
      <main id="content" ref={main} tabIndex={-1}>
        {content}
      </main>
      <ConsentBanner />
      <footer className="footer">
        <p>Fieldnote Coffee is a demo shop. Nothing is charged, nothing is shipped.</p>
      </footer>
    </>
  );
}
