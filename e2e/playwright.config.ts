// Three at a time, for most of their time goes by waiting for a typist or a heartbeat; what is measured runs alone, after the others.
// Every spec file has a display, a desktop and a program of its own.
import { defineConfig } from 'playwright/test';

const MEASURED = [
  'window.spec.ts',
  'memory.spec.ts',
  'host-monitor.spec.ts',
  'host-page.spec.ts',
  'fleet-many.spec.ts',
];

const config = defineConfig({
  testDir: '.',
  workers: 3,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  outputDir: '../out/e2e/results',
  reporter: [['list'], ['json', { outputFile: '../out/e2e/results.json' }]],
  projects: [
    // By far the longest, so it begins at once.
    { name: 'first-light', testMatch: 'first-light.spec.ts', workers: 1 },
    { name: 'desktop', testMatch: '*.spec.ts', testIgnore: ['first-light.spec.ts', ...MEASURED] },
    { name: 'measured', testMatch: MEASURED, workers: 1, dependencies: ['first-light', 'desktop'] },
  ],
});
// Playwright reads its configuration from the default export.
export { config as default };
