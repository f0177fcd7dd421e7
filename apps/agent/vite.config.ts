import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/client',
  base: '/agent/',
  plugins: [react()],
  // Packages of this workspace are taken from their sources.
  resolve: { conditions: ['development', 'module', 'browser'] },
  worker: { format: 'es' },
  build: {
    outDir: '../../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
});
