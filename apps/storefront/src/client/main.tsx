import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { App } from './app.js';
import { fetchConfig, fetchMe, fetchProducts } from './shop-api.js';
import { Notice } from './shop/notice.js';
import './styles/base.css';
import './styles/layout.css';
import './styles/zones.css';
import './styles/pages.css';

async function open(root: Root): Promise<void> {
  try {
    const [config, { items, currency }, signedIn] = await Promise.all([
      // The shop sells without the hub, so without its address too.
      fetchConfig().catch(() => null),
      fetchProducts(),
      fetchMe().catch(() => undefined),
    ]);
    root.render(<App config={config} products={items} currency={currency} signedIn={signedIn} />);
  } catch {
    root.render(
      <Notice
        title="The shop is closed for a moment"
        detail="Its server does not answer."
        action={{ label: 'Try again', run: () => void open(root) }}
      />,
    );
  }
}

const element = document.getElementById('root');
if (element) void open(createRoot(element));
