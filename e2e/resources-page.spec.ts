// The page Resources in a real browser over a server whose agent answers from fixed values, so that everything there is to show can be shown.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, type Page } from 'playwright/test';
import { DEFAULT_USER_SETTINGS, type Handlers, type ResourceView } from '../src-preload/contract.ts';
import { SETTINGS } from '../src-main/agent/publish/settings.fixture.ts';
import { keepFigures } from './figures.ts';
import { useFixturePages, liveSnapshot, type FixturePage } from './fixture-page.ts';
import { resourceHandlers, resourceHistoryAt, resourcesAt } from './resources-stage.ts';
import { ARTEFACTS } from './stage.ts';

/** Of the main thread’s processor time, in a second of the open page: no more than the page Host, which moves each second. */
const MOST_MS_A_SECOND = 20;

test.beforeAll(async () => {
  mkdirSync(ARTEFACTS, { recursive: true });
});

const pages = useFixturePages();

async function open(view: ResourceView, own: Partial<Handlers> = {}, width = 960): Promise<FixturePage> {
  const opened = await pages.open('#/resources', { ...resourceHandlers(view), ...own }, { width });
  await expect(opened.page.getByRole('heading', { level: 1, name: 'Resources' })).toBeVisible();
  return opened;
}

const figure = (page: Page, title: string) =>
  page.locator('figure', { has: page.getByRole('heading', { name: title, exact: true }) });
const row = (page: Page, table: string, name: string) =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name });

test('what it costs you leads to it, and the rail says that it lies within Now', async () => {
  const { page } = await pages.open('#/', resourceHandlers(resourcesAt(Date.now())));
  await page.getByRole('link', { name: 'What it costs you' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Resources' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Now', exact: true })).toHaveAttribute('aria-current', 'true');
  // The whole strip is the link.
  await page.getByRole('link', { name: 'Now', exact: true }).click();
  const meter = page.getByRole('meter', { name: 'CPU' });
  await expect(meter).toBeVisible();
  await meter.click({ force: true });
  await expect(page).toHaveURL(/#\/resources$/);
});

test('the budget, what counts, what was given up for it and why', async () => {
  const { page } = await open(resourcesAt(Date.now()));
  const budget = page.getByRole('region', { name: 'Over the budget: memory. 2 things are given up.' });
  await expect(budget.getByRole('meter', { name: 'Memory' })).toHaveAttribute('aria-valuetext', '431 of 400 MiB');
  await expect(budget.getByRole('meter', { name: 'CPU' })).toHaveAttribute('aria-valuetext', '4.6 of 6 % of one core');
  await expect(budget).toContainText('Counts as 5.2 % of one core.');
  await expect(budget).toContainText('Step 3 of 3: Idle models leave memory');
  await expect(budget).toContainText('Memory: 431 MiB, the budget is 400 MiB. If it stays over, the next step follows');
  await expect(budget).toContainText('Step 0 of 1: Everything is on');
  const steps = page.getByRole('region', { name: 'What is given up when the budget is exceeded' });
  await expect(steps.getByRole('listitem').filter({ hasText: 'in force' })).toHaveCount(2);
  await expect(steps).toContainText('Somebody else is noticed up to four seconds later.');
});

test('each process and each part with its unit, a bar that ends at the budget, and why a figure is missing', async () => {
  const { page } = await open(resourcesAt(Date.now()));
  const agent = row(page, 'Each process', 'Agent');
  for (const text of ['92 MiB', '0.44 %', '4.1 kB/s', '31 /s']) await expect(agent).toContainText(text);
  // 118.2 of 400 MiB, and .3 of 6 %.
  const bars = row(page, 'Each process', 'Main process').locator('.cost-bar > div');
  expect(await bars.evaluateAll((all) => all.map((bar) => Number.parseFloat(bar.style.width)))).toEqual([29.55, 5]);
  await expect(row(page, 'Each process', 'Process starter')).toContainText('—');
  await expect(page.getByText('— Disk writes: The kernel shows this of a sandboxed process')).toBeVisible();
  // A column that nobody knows is no column.
  await expect(page.getByRole('table', { name: 'Within the agent' }).getByRole('columnheader')).toHaveText([
    'Part',
    /^CPU/,
  ]);
  const term = page.getByRole('table', { name: 'Each process' }).getByText('Wake-ups', { exact: true });
  await term.focus();
  await expect(page.getByText(/^How often a second a process begins to run/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^How often a second a process begins to run/).first()).toBeHidden();
});

test('the past with the budget as a line, the steps on the axis, a gap as a gap, and storage on into the future', async () => {
  const { page } = await open(resourcesAt(Date.now()));
  await page.getByRole('button', { name: '24 h' }).click();
  const memory = figure(page, 'Memory');
  await expect(memory.locator('.limit-line')).toHaveCount(1);
  await expect(memory.locator('.step-span text')).toHaveText('3');
  // A line before the twenty minutes that are missing, and one after them.
  const line = (await memory.locator('path.small-line').first().getAttribute('d')) ?? '';
  expect(line.match(/M/g)).toHaveLength(2);
  expect(line.split(/[ML]/).length - 1).toBe(160);
  const storage = figure(page, 'Storage');
  await expect(storage).toContainText('budget 1,024 MiB, above this chart');
  await expect(storage.locator('.limit-line')).toHaveCount(0);
  await expect(storage.locator('.ahead-line')).toHaveAttribute('d', /^M\d/);
  await expect(page.getByText('Grows by 1.4 MiB a day and stays at about 51 MiB')).toBeVisible();

  await page.getByRole('group', { name: 'Charts.' }).focus();
  await page.keyboard.press('End');
  await expect(page.locator('line.cross-hair')).toHaveCount(5);
  await expect(page.getByText(/^Means of /)).toBeVisible();
  await expect(memory.locator('.step-key')).toHaveText('step 3');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('Step 3: Idle models leave memory.', { exact: true })).toBeVisible();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(memory.locator('.step-key')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.locator('line.cross-hair')).toHaveCount(0);
});

test('the budget is changed one click away, and saved', async () => {
  const asked: unknown[] = [];
  const { page } = await open(resourcesAt(Date.now()), {
    changeSettings: async (change) => {
      asked.push(change);
      const settings = { ...DEFAULT_USER_SETTINGS, budget: change.budget ?? DEFAULT_USER_SETTINGS.budget };
      return { ...SETTINGS, settings };
    },
  });
  await page.getByRole('button', { name: 'Change the budget' }).click();
  const fields = page.getByRole('region', { name: 'Budget', exact: true });
  await fields.getByLabel('Memory').fill('600');
  await page.keyboard.press('Enter');
  await expect(fields.getByRole('status')).toHaveText('Saved');
  await fields.getByRole('switch', { name: 'Slower on battery' }).click();
  await expect.poll(() => asked.length).toBe(2);
  const budget = { memoryMiB: 600, cpuPercent: 6, storageMiB: 1024 };
  expect(asked).toEqual([{ budget: { ...budget, onBattery: 'slower' } }, { budget: { ...budget, onBattery: 'same' } }]);
  await page.getByRole('button', { name: 'Close the settings' }).click();
  await expect(fields).toHaveCount(0);
  // On the page Settings they lead back here.
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'What it uses, and why' }).click();
  await expect(page).toHaveURL(/#\/resources$/);
});

test('before the first history it says when it begins, and nothing unknown is nought', async () => {
  const view = resourcesAt(Date.now());
  const unknown = { value: null, reason: 'It is measured from the second reading on.' };
  const [first, ...others] = view.processes;
  if (first === undefined) throw new Error('the fixture has no process');
  const { page } = await open(
    {
      ...view,
      budget: view.budget.map((line) => ({ ...line, judged: null, state: 'within' })),
      processes: [{ ...first, cpuPercent: unknown }, ...others],
      total: { ...view.total, cpuPercent: unknown },
      storage: {
        ...view.storage,
        forecast: {
          ...{ growthMiBPerDay: null, measuredDays: 0, steadyMiB: null, steadyMs: null, limitMs: null },
          sentence: 'Where it is going can be told after a day.',
        },
      },
    },
    { resourceHistory: async () => resourceHistoryAt(view.atMs).map((series) => ({ ...series, points: [] })) },
  );
  await expect(
    page.getByRole('heading', { name: 'Measuring against the budget. 2 things are given up.' }),
  ).toBeVisible();
  await expect(page.getByText('The line begins within a minute.')).toHaveCount(5);
  await expect(page.getByRole('meter', { name: 'CPU' })).toHaveText('— of 6 % of one core');
  await expect(page.getByText('Where it is going can be told after a day.')).toBeVisible();
  await expect(page.getByText('Counts as —: it is too early to say.')).toHaveCount(3);
  await expect(figure(page, 'CPU, of one core').locator('.chart-legend strong')).toHaveText('—');
  await expect(row(page, 'Each process', 'Agent').locator('td').nth(1)).toHaveText(/^—/);
  await expect(page.getByText('— CPU: It is measured from the second reading on.')).toBeVisible();
});

test('a narrow window has one column and nothing beside it', async () => {
  for (const width of [960, 640, 400, 360]) {
    const { page } = await open(resourcesAt(Date.now()), {}, width);
    await expect(page.locator('path.small-line').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(ARTEFACTS, `resources-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
});

test('looking at it costs little', async () => {
  const view = resourcesAt(Date.now());
  const { page, push } = await open(view);
  const metrics = await page.context().newCDPSession(page);
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busyS = async (): Promise<number> =>
    (await metrics.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
  await wait(2000);
  const before = await busyS();
  const seconds = 10;
  for (let second = 0; second < seconds; second++) {
    const atMs = Date.now();
    push({ push: 'snapshot', data: liveSnapshot() });
    if (second % 5 === 0) push({ push: 'resources', data: { ...view, atMs } });
    await wait(1000);
  }
  const msASecond = (1000 * ((await busyS()) - before)) / seconds;
  keepFigures('resources page', { mainThreadMsASecond: Math.round(msASecond * 10) / 10 });
  expect(msASecond).toBeLessThan(MOST_MS_A_SECOND);
});
