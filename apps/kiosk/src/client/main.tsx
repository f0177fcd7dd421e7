import { Kiosk } from '@repartee/kiosk-client';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { ContinuePage } from './phone/continue-page.js';
import './styles/kiosk.css';

const VERSION = '0.1.0';

const root = document.getElementById('root');
if (root && location.pathname.startsWith('/kiosk/continue')) createRoot(root).render(<ContinuePage />);
// The service worker has what is below `/kiosk/`.
else if (location.pathname === '/kiosk') location.replace('/kiosk/');
else if (root) {
  const kiosk = await Kiosk.open({ version: VERSION });
  createRoot(root).render(<App kiosk={kiosk} />);
  // What visitors do counts though the network is gone; the browser must not clear it away to save room.
  void navigator.storage?.persist();
  void navigator.serviceWorker?.register('/kiosk/worker.js', { scope: '/kiosk/' }).catch(() => undefined);
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage('loaded'));
}
