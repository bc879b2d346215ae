import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As the launcher's loader does: a script is imported as its text.
  plugins: [{ name: 'text', enforce: 'pre', transform: (code, id) => (/\.(sh|pod\.mjs)$/.test(id) ? `export default ${JSON.stringify(code)};` : undefined) }],
  test: {
    include: ['test/**/*.test.ts'],
    // One process and no isolation: the tests share nothing that they change, and start four times faster.
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
  },
});
