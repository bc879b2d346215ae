import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As the launcher's loader does: a script is imported as its text.
  plugins: [{ name: 'text', enforce: 'pre', transform: (code, id) => (/\.(sh|pod\.mjs)$/.test(id) ? `export default ${JSON.stringify(code)};` : undefined) }],
  test: {
    include: ['test/**/*.test.ts'],
    // One process and no isolation: the tests share nothing that they change, and start four times faster.
    pool: 'threads',
    isolate: false,
    // A test starts the program up to a dozen times: what is stopped here hangs, and is not slow.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
