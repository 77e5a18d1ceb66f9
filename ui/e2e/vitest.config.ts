import { defineConfig } from 'vitest/config';

/** Tests in a real browser against a served workspace: `.ci/screen`, or `npx vitest run --config ui/e2e/vitest.config.ts`. Not part of `npm test`. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['ui/e2e/**/*.e2e.ts'],
    globalSetup: ['ui/e2e/served.ts'],
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
