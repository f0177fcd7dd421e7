import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/client',
  base: '/shop/',
  plugins: [react()],
  // Packages of this workspace are taken from their sources, so that the shop builds without building them first.
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: { outDir: '../../dist/client', emptyOutDir: true, target: 'es2022' },
});
