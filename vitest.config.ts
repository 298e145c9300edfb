import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,lib,server,channels,models,test,tools,web,bench}/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
