import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/client',
  base: '/signin/',
  plugins: [react()],
  // Packages of this workspace are taken from their sources.
  resolve: { conditions: ['development', 'module', 'browser'] },
  build: { outDir: '../../dist/client', emptyOutDir: true, target: 'es2022' },
});
