import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{ingest,graph,models,casework,ui,fixtures,bench,notebooks}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
