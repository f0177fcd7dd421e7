import { createQueryClient, Face } from '@repartee/ui';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { showKeys } from './keys.js';
import './styles/desk.css';

showKeys();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <Face client={createQueryClient()}>
      <App embedded={location.pathname.startsWith('/agent/embed')} />
    </Face>,
  );
