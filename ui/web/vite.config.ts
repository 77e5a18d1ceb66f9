import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page: built to dist/web; `npx vite ui/web` serves it for work on it, with the API of `tributary serve` behind. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500 },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:4310', '/openapi.json': 'http://127.0.0.1:4310' } },
});
