import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/client',
  base: '/kiosk/',
  plugins: [react()],
  // Packages of this workspace are taken from their sources.
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: {
    outDir: '../../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The service worker keeps what this lists, and has an address that never changes.
    manifest: 'bundle.json',
    rolldownOptions: {
      input: { main: 'src/client/index.html', worker: 'src/client/service-worker.ts' },
      output: {
        entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
