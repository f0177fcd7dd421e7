import { LanguageProvider, ThemeProvider } from '@repartee/ui';
import { createRoot } from 'react-dom/client';
import type { ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { App } from './app.js';
import { fetchConfig, fetchMe, fetchProducts } from './shop-api.js';
import { Closed } from './shop/closed.js';
import './styles/base.css';
import './styles/layout.css';
import './styles/zones.css';
import './styles/pages.css';
import './styles/account.css';
import './styles/drawer.css';

/** Language and look, which all faces of a browser share. */
function Frame({ children }: { children: ReactNode }): ReactNode {
  return (
    <ThemeProvider>
      <LanguageProvider>{children}</LanguageProvider>
    </ThemeProvider>
  );
}

async function open(root: Root): Promise<void> {
  try {
    const [config, { items, currency }, signedIn] = await Promise.all([
      // The shop sells without the hub, so without its address too.
      fetchConfig().catch(() => null),
      fetchProducts(),
      fetchMe().catch(() => undefined),
    ]);
    root.render(
      <Frame>
        <App config={config} products={items} currency={currency} signedIn={signedIn} />
      </Frame>,
    );
  } catch {
    root.render(
      <Frame>
        <Closed again={() => void open(root)} />
      </Frame>,
    );
  }
}

const element = document.getElementById('root');
if (element) void open(createRoot(element));
