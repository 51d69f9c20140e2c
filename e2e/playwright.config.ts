// One worker: every test has a display, an agent and a program of its own, and two of them on a small machine starve each other.
import { defineConfig } from 'playwright/test';

const config = defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: '../out/e2e/results',
  reporter: [['list'], ['json', { outputFile: '../out/e2e/results.json' }]],
});
// Playwright reads its configuration from the default export.
export { config as default };
