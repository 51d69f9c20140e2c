// The page Host in a real browser over the real machine: a load is seen on its chart and told as an anomaly with its process first; what
// the page shows is what the monitor measured; a page that is closed costs nothing.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, type Browser, type Page } from 'playwright/test';
import { LOOK_MS } from '../src-main/agent/monitor/host-watch.ts';
import { launchBrowser, missingForBrowser } from './browser-host.ts';
import { openHostStage, type HostStage } from './host-stage.ts';
import { ARTEFACTS } from './stage.ts';

const missing = missingForBrowser();
test.skip(missing !== null, missing ?? '');
test.skip(process.platform !== 'linux', 'there is no /proc here');
// Something else on the machine may have its moment within the same seconds; a fault of ours would show each time.
test.describe.configure({ retries: 2 });

let stage: HostStage;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const children: ChildProcess[] = [];

test.beforeAll(async () => {
  mkdirSync(ARTEFACTS, { recursive: true });
  browser = await launchBrowser();
  stage = await openHostStage(async (url) => {
    page = await browser.newPage({ viewport: { width: 960, height: 680 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.getByRole('link', { name: 'Host', exact: true }).click();
    await expect(figure('Processor').locator('path.small-line').first()).toBeAttached();
    // Until the browser has done what it does after a start.
    await wait(2000);
  });
});
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
test.afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});

const figure = (title: string) =>
  page.locator('figure', { has: page.getByRole('heading', { name: title, exact: true }) });
/** What the legend says of the first line. */
const shown = async (title: string): Promise<number> =>
  Number.parseFloat((await figure(title).locator('.chart-legend strong').first().textContent()) ?? '');
const points = async (title: string): Promise<number> =>
  ((await figure(title).locator('path.small-line').first().getAttribute('d')) ?? '').split(/[ML]/).length - 1;

/** The middle one of what the legend says in three seconds. */
async function usuallyShown(title: string): Promise<number> {
  const seen: number[] = [];
  for (let i = 0; i < 7; i++) {
    seen.push(await shown(title));
    await wait(500);
  }
  return seen.toSorted((a, b) => a - b)[3] ?? NaN;
}

/** The load is on its chart, then it is told with its process first; its evidence is one click away. */
async function seenAndTold(title: string, family: string, ranking: string, rise: number, code: string): Promise<void> {
  const before = await usuallyShown(title);
  const load = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(load);
  // It says when it is at work: a virtual machine may take seconds to give out much memory for the first time.
  await once(load.stdout, 'data');
  await expect.poll(() => shown(title), { timeout: 4000, intervals: [200] }).toBeGreaterThan(before + rise);
  const told = () =>
    stage.monitor.anomalies(10).find((one) => one.family === family && one.evidence.processes[0]?.pid === load.pid);
  await expect.poll(() => told()?.id ?? 0, { timeout: 15_000, intervals: [200] }).toBeGreaterThan(0);
  const href = `#/host?anomaly=${told()?.id}`;
  await page.locator(`.list a[href="${href}"]`).click();
  const evidence = page.getByRole('region', { name: 'This anomaly' });
  await expect(evidence).toContainText(told()?.sentence ?? '');
  const first = evidence.getByRole('table', { name: ranking }).locator('tbody tr').first();
  await expect(first).toContainText(String(load.pid));
  // The chart marks it, and the mark leads there as well.
  await expect(page.locator(`figure a[href="${href}"]`).first()).toBeAttached();
  await page.screenshot({ path: path.join(ARTEFACTS, `host-${family}.png`), fullPage: true });
  await evidence.getByRole('link', { name: 'Close' }).click();
  await expect(evidence).toHaveCount(0);
}

// The loads come first: what a family had to tell already it does not tell again soon.
test('a busy loop rises on its chart and is told, its process first, one click away', async () => {
  const busy = (): number => stage.monitor.history('cpu.busyPercent', 4)?.statistics?.p50 ?? 100;
  for (let tries = 0; tries < 20 && busy() > 40; tries++) await wait(500);
  test.skip(busy() > 40, `something else keeps the processor ${busy().toFixed(0)} % busy`);
  await seenAndTold('Processor', 'cpu', 'Who used the processor most', 20, `console.log('busy'); for (;;);`);
});

test('a memory hog rises on its chart and is told, its process first, one click away', async () => {
  const { totalMiB, availableMiB } = stage.monitor.realtime()['memory']?.data.values ?? {};
  const bytes = 0.06 * (totalMiB ?? 0) * 2 ** 20;
  test.skip(bytes > ((availableMiB ?? 0) * 2 ** 20) / 2, 'too little memory is free for a hog');
  const keep = `const kept = Buffer.alloc(${bytes}, 1); console.log('kept'); setInterval(() => kept, 1e6)`;
  await seenAndTold('Memory', 'memory', 'Who has grown most', 3, keep);
});

test('a chart for each family, with five minutes in it at once', async () => {
  for (const title of ['Processor', 'Cores', 'Load average', 'Memory', 'Disk traffic', 'Network traffic', 'Processes'])
    // A line at nought has no height, and counts as hidden.
    await expect(figure(title).locator('path.small-line').first()).toHaveAttribute('d', /^M\d/);
  expect(await points('Processor')).toBeGreaterThan(200);
  expect(await points('Processor')).toBeLessThanOrEqual(301);
  await page.getByRole('button', { name: '15 min' }).click();
  await expect(page.getByText('Each point is the mean of 3 s.')).toBeVisible();
  expect(await points('Processor')).toBeLessThanOrEqual(301);
  await page.getByRole('button', { name: '5 min', exact: true }).click();
  // Whoever runs this may have installed the helper.
  const installed = stage.monitor.syscalls().ok;
  const how = page.getByText('How to install it: sudo seclyzer syscalls --install');
  await expect(how).toHaveCount(installed ? 0 : 1);
});

test('it moves once a second, and shows what the monitor measured', async () => {
  const before = stage.pushes();
  await wait(5000);
  expect(stage.pushes() - before).toBeGreaterThanOrEqual(4);
  expect(stage.pushes() - before).toBeLessThanOrEqual(6);
  const measured = () => stage.monitor.history('memory.usedPercent', 3)?.points.at(-1)?.[1] ?? NaN;
  expect(Math.abs((await shown('Memory')) - measured())).toBeLessThanOrEqual(2);
});

test('the cross-hair stands in every chart at the same moment', async () => {
  const plot = figure('Memory').locator('.cross-plane');
  await plot.hover({ position: { x: 40, y: 20 } });
  await expect(page.locator('line.cross-hair')).toHaveCount(await page.locator('.small-svg').count());
  await expect(page.getByText(/^Figures of \d\d:\d\d:\d\d\./)).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(page.locator('line.cross-hair')).toHaveCount(0);
  await page.getByRole('group', { name: 'Charts.' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('line.cross-hair').first()).toBeAttached();
  await page.keyboard.press('Escape');
});

test('processes in the order that is asked for', async () => {
  const memory = page.getByRole('table').first().getByRole('columnheader', { name: 'Memory' });
  await memory.getByRole('button').click();
  await expect(memory).toHaveAttribute('aria-sort', 'descending');
  const largest = stage.monitor.realtime()['processes']?.data.top?.byMemory[0];
  await expect(page.locator('.processes tbody tr').first()).toContainText(String(largest?.pid));
});

test('turned off it says so, and how to turn it on', async () => {
  await page.getByRole('button', { name: 'Turn the host monitor off' }).click();
  await expect(page.getByRole('heading', { name: 'The host monitor is off' })).toBeVisible({ timeout: LOOK_MS });
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(figure('Processor')).toBeVisible({ timeout: LOOK_MS });
});

test('nothing is pushed to nobody', async () => {
  expect(complaints).toEqual([]);
  await page.goto('about:blank');
  await wait(LOOK_MS + 1500);
  const before = stage.pushes();
  await wait(3000);
  expect(stage.pushes()).toBe(before);
});
