// The page Resources over the browser host: its figures are those of the kernel, its history begins at once, and a budget below what is used is
// answered with a step of the governor and its reason.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, type Browser, type Page } from 'playwright/test';
import { launchBrowser, linkOf, missingForBrowser } from './browser-host.ts';
import { ARTEFACTS } from './stage.ts';

const missing = missingForBrowser();
test.skip(missing !== null, missing ?? '');
test.skip(process.platform !== 'linux', 'there is no /proc here');
test.describe.configure({ mode: 'serial' });

const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-resources-'));
const data = path.join(home, 'data');
const complaints: string[] = [];
let browser: Browser;
let page: Page;
let host: ChildProcess;

test.beforeAll(async () => {
  mkdirSync(ARTEFACTS, { recursive: true });
  browser = await launchBrowser();
  const cli = path.resolve(import.meta.dirname, '../out/main/cli.js');
  host = spawn(process.execPath, [cli, 'run', '--data', data, '--port', '0', '--synthetic', 'ada'], {
    env: { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: path.join(home, 'share') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  page = await browser.newPage({ viewport: { width: 960, height: 680 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(await linkOf(host));
  await page.getByRole('link', { name: 'What it costs you' }).click();
});
test.afterAll(async () => {
  await browser?.close();
  host.kill('SIGINT');
  if (host.exitCode === null) await once(host, 'exit');
  rmSync(home, { recursive: true, force: true });
});

const figure = (title: string) =>
  page.locator('figure', { has: page.getByRole('heading', { name: title, exact: true }) });
/** Of the agent's row, without its unit. */
const shown = async (column: number): Promise<number> => {
  const agent = page.getByRole('row').filter({ hasText: `process ${host.pid}` });
  return Number.parseFloat((await agent.locator('td').nth(column).textContent()) ?? '');
};
const [MEMORY, CPU] = [0, 1];

const awk = (program: string, file: string): number =>
  Number(execFileSync('awk', [program, `/proc/${host.pid}/${file}`], { encoding: 'utf8' }));
/** proc_pid_stat(5): user and system time in hundredths. */
const cpuSeconds = (): number => awk('{ print ($14 + $15) / 100 }', 'stat');
const pssMiB = (): number => awk('/^Pss:/ { kib += $2 } END { print kib / 1024 }', 'smaps');
/** Of the files themselves, as the page counts them. */
const storedMiB = (): number =>
  Number(execFileSync('sh', ['-c', `find ${data} -type f -printf '%s\\n' | awk '{ b += $1 } END { print b / 2^20 }'`]));

/** What is shown is of the five seconds before it was first shown: so long later than the kernel's it is looked at. */
const SHOWN_LATER_MS = 5000;

/** Processor time in per cent, as it is shown and by the kernel, of the same fifteen seconds: from one measurement of the program's on. */
async function fifteenSeconds(): Promise<{ readonly mean: number; readonly kernel: number }> {
  const samples: { readonly ms: number; readonly cpuS: number; readonly percent: number }[] = [];
  const take = async () => {
    const sample = { percent: await shown(CPU), cpuS: cpuSeconds(), ms: performance.now() };
    samples.push(sample);
    return sample;
  };
  const first = await take();
  let [begin, last] = [first, first];
  while (begin === first || last.ms < begin.ms + 15_000) {
    await wait(250);
    const sample = await take();
    const isNew = sample.percent !== last.percent && sample.ms > first.ms + SHOWN_LATER_MS + 1000;
    if (begin === first && isNew) begin = sample;
    last = sample;
  }
  const percents = samples.filter(({ ms }) => ms >= begin.ms).map(({ percent }) => percent);
  const [from, to] = [begin, last].map(({ ms }) => samples.findLast((one) => one.ms <= ms - SHOWN_LATER_MS) ?? first);
  if (from === undefined || to === undefined) throw new Error('there are no samples');
  const mean = percents.reduce((sum, one) => sum + one, 0) / percents.length;
  return { mean, kernel: (1e5 * (to.cpuS - from.cpuS)) / (to.ms - from.ms) };
}

test('its figures are those of the kernel', async () => {
  test.setTimeout(180_000);
  await expect.poll(() => shown(CPU), { timeout: 30_000 }).toBeGreaterThan(0);
  const { mean, kernel } = await fifteenSeconds();
  expect(Math.abs(mean - kernel), `${mean} %, by the kernel ${kernel} %`).toBeLessThan(0.3 + kernel / 4);
  const off = async (): Promise<number> => Math.abs((await shown(MEMORY)) / pssMiB() - 1);
  await expect.poll(off, { timeout: 30_000, intervals: [500] }).toBeLessThan(0.1);
  const stored = async (): Promise<number> =>
    Number.parseFloat((await page.getByRole('meter', { name: 'Storage' }).first().textContent()) ?? '');
  // The folder is measured once a minute.
  await expect.poll(async () => Math.abs((await stored()) - storedMiB()), { timeout: 70_000 }).toBeLessThan(0.5);
});

test('its history begins at once, whichever stretch is looked at', async () => {
  for (const range of ['24 h', '7 d', '30 d', '1 h']) {
    await page.getByRole('button', { name: range, exact: true }).click();
    for (const title of ['Memory', 'CPU, of one core', 'Disk writes', 'Wake-ups', 'Storage'])
      await expect(figure(title).locator('path.small-line').first()).toHaveAttribute('d', /^M\d/, { timeout: 60_000 });
  }
});

test('a budget below what is used: a step, why, and its place on the axis', async () => {
  test.setTimeout(240_000);
  await page.getByRole('button', { name: 'Change the budget' }).click();
  await page.getByRole('region', { name: 'Budget', exact: true }).getByLabel('CPU').fill('0.5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('meter', { name: 'CPU' })).toHaveAttribute('aria-valuetext', /of 0\.5 % of one core$/);
  // Ten questions a second are more than that, however fast the agent becomes.
  await page.evaluate(() => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ arg: { minutes: 60 } });
    setInterval(() => void fetch('/call/resourceHistory', { method: 'POST', headers, body }), 100);
  });
  await expect(page.getByText(/^Step [1-9]\d? of \d+: /)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/Processor: .* of one core.*the budget is 0\.5 %/).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: /(One thing is|\d+ things are) given up\./ })).toBeVisible();
  await expect(figure('CPU, of one core').locator('.step-span').first()).toBeAttached({ timeout: 60_000 });
  await page.screenshot({ path: path.join(ARTEFACTS, 'resources-over.png'), fullPage: true });
  await page.getByRole('link', { name: 'History', exact: true }).click();
  await expect(page.getByText(/^Given up to stay within the budget/).first()).toBeVisible();
  expect(complaints).toEqual([]);
});
