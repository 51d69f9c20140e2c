// Three at a time, for most of their time goes by waiting for a typist or a heartbeat, the longest first; what is measured runs alone, after
// the others.
// Every spec file has a display, a desktop and a program of its own.
import { defineConfig } from 'playwright/test';

const LONGEST = [
  'first-light.spec.ts',
  'takeover.spec.ts',
  'memory.spec.ts',
  'supervision.spec.ts',
  'fleet.spec.ts',
  'resources-real.spec.ts',
];
const MEASURED = ['window.spec.ts', 'host-monitor.spec.ts', 'host-page.spec.ts', 'fleet-many.spec.ts'];

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
    // Projects begin in this order, and the files of one by their names.
    { name: 'longest', testMatch: LONGEST },
    { name: 'desktop', testMatch: '*.spec.ts', testIgnore: [...LONGEST, ...MEASURED] },
    { name: 'measured', testMatch: MEASURED, workers: 1, dependencies: ['longest', 'desktop'] },
  ],
});
// Playwright reads its configuration from the default export.
export { config as default };
