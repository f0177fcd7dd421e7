import { LanguageSwitch, ThemeSwitch } from '@repartee/ui';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Product, ShopConfig, SignedIn } from '../catalogue/product.js';
import { Drawer } from './drawer/drawer.js';
import { asksForConsent } from './hub/consent-memory.js';
import { ConsentBanner } from './hub/consent-banner.js';
import { HubProvider, useHub } from './hub/hub.js';
import { pageAt } from './pages/page-at.js';
import { RouterProvider, useRouter } from './router.js';
import { AccountProvider } from './shop/account.js';
import { CartProvider } from './shop/cart.js';
import { CatalogueProvider, useCatalogue } from './shop/catalogue.js';
import { Header } from './shop/header.js';
import { UsedOffersProvider } from './shop/used-offers.js';
import { useText } from './texts/use-text.js';

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
  const text = useText();
  const [drawer, setDrawer] = useState(false);
  const [asking, setAsking] = useState(asksForConsent);
  const { title, content } = pageAt(place, catalogue, text);

  useEffect(() => {
    document.title = `${title} · Fieldnote`;
    hub?.page(title, { path: place.path });
    // A new page begins at its top for readers by ear and by keyboard too.
    if (place.visit > 0) main.current?.focus({ preventScroll: true });
  }, [hub, place, title]);

  return (
    <>
      <Header drawer={drawer} onDrawer={() => setDrawer(!drawer)} />
      <main id="content" ref={main} tabIndex={-1}>
        {content}
      </main>
      <ConsentBanner asking={asking} onAnswer={() => setAsking(false)} />
      <Drawer open={drawer} onClose={() => setDrawer(false)} />
      <footer className="footer">
        <p>{text('footer')}</p>
        <div className="footer-actions">
          <button type="button" className="text-link" onClick={() => setAsking(true)} data-testid="privacy">
            {text('privacy')}
          </button>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </footer>
    </>
  );
}
