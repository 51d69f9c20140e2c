// The fleet view, nothing mocked: a real Redis, three real agents, a viewer, a real browser. One agent is killed, one stops, Redis goes and
// comes back, and somebody writes nonsense into it.
import path from 'node:path';
import { expect, test, type Browser, type Page } from 'playwright/test';
import { simulatedPresence } from '../src-main/viewer/simulated-hosts.fixture.ts';
import { launchBrowser } from './browser-host.ts';
import { endChild, missingForFleet, startFleetStage, type FleetStage } from './fleet-stage.ts';
import { ARTEFACTS } from './stage.ts';

const missing = missingForFleet();
test.skip(missing !== null, missing ?? '');
test.describe.configure({ mode: 'serial' });

let stage: FleetStage;
let browser: Browser;
let page: Page;
const problems: string[] = [];

test.beforeAll(async () => {
  stage = await startFleetStage();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 960, height: 680 }, colorScheme: 'dark' });
  page.on('console', (message) => {
    // A page that is not in the list any more, and a Redis that is away, are answers.
    if (message.type() === 'error' && !message.text().includes('404')) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(stage.url);
});
test.afterAll(async () => {
  await browser?.close();
  await stage?.stop();
});
test.afterEach(() => expect(problems).toEqual([]));

const rows = () => page.locator('.fleet-row');
const rowOf = (id: string) => page.locator(`[data-host="${id}"]`);
const shot = (name: string): Promise<unknown> => page.screenshot({ path: path.join(ARTEFACTS, `fleet-${name}.png`) });
const ids = (): readonly string[] => stage.redis.cli('ZRANGE', 'seclyzer:hosts', '0', '-1').split('\n').filter(Boolean);

test('an empty list says how a host is added', async () => {
  await expect(page.getByRole('heading', { name: 'No host yet' })).toBeVisible();
  await expect(page.getByText('"redis": { "url": "rediss://…" }')).toBeVisible();
  await shot('empty');
});

test('three agents come, one is opened, one is killed, one stops', async () => {
  test.setTimeout(180_000);
  const agents = ['one', 'two', 'three'].map((name) => stage.agent(name));
  await expect(rows()).toHaveCount(3, { timeout: 60_000 });
  await expect(page.getByText(/^3 hosts, (none needs a look|.*)$/)).toBeVisible();
  await expect(rows().filter({ hasText: /Learning/ })).toHaveCount(3);
  // Their order in Redis tells nothing of who is who; one is stopped, and then another is killed.
  const all = ids();
  expect(new Set(all).size).toBe(3);

  await rows().first().getByRole('link').press('Enter');
  await expect(page.getByRole('heading', { name: 'Modalities' })).toBeVisible();
  await expect(page.getByText('Synthetic typist: not a real person.')).toBeVisible();
  await expect(page.getByText('Typing', { exact: true })).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Memory' })).toHaveAttribute('aria-valuetext', /of 400 MiB/);
  await shot('one');
  await page.getByRole('link', { name: 'All hosts' }).click();
  await expect(rows()).toHaveCount(3);

  const [killed, stopped] = agents;
  if (killed === undefined || stopped === undefined) throw new Error('there are no agents');
  await endChild(stopped, 'SIGTERM');
  await expect(rows()).toHaveCount(2, { timeout: 30_000 });
  const left = ids();
  await endChild(killed, 'SIGKILL');
  await expect(rows().filter({ hasText: 'Not heard of' })).toHaveCount(1, { timeout: 60_000 });
  await expect(page.getByText('2 hosts, none needs a look, 1 not heard of')).toBeVisible();
  await expect(rows().last()).toContainText('was learning');
  await expect(rows().last()).toContainText('since ');
  expect(ids().toSorted()).toEqual(left.toSorted());
});

test('nonsense in Redis is refused, counted and shown, and runs nothing', async () => {
  const evil = {
    ...simulatedPresence(1),
    host: '<img src=x onerror=alert(1)>\u202Etxt',
    user: '"><script>alert(2)</script>',
  };
  const write = (id: string, view: string): void => {
    stage.redis.cli('HSET', `seclyzer:host:${id}`, 'view', view);
    stage.redis.cli('ZADD', 'seclyzer:hosts', String(Date.now()), id);
  };
  write(evil.id, JSON.stringify(evil));
  write(simulatedPresence(2).id, JSON.stringify({ ...simulatedPresence(2), host: 'h'.repeat(5000) }));
  write(simulatedPresence(3).id, 'x'.repeat(20_000));
  stage.redis.cli('ZADD', 'seclyzer:hosts', '1', '<b>no id</b>');
  await expect(rowOf(evil.id)).toContainText('<img src=x onerror=alert(1)>\\u{202e}txt');
  await expect(rows()).toHaveCount(3);
  const refused = page.getByText('3 entries in Redis were refused since the viewer started');
  await refused.click();
  await expect(page.getByText(/^seclyzer:host:[\w-]{36}: longer than 16 KiB/)).toBeVisible();
  await expect(
    page.getByText('seclyzer:hosts <b>no id</b>: not the id of an installation, or no moment'),
  ).toBeVisible();
  await shot('refused');
});

test('Redis goes: the list stays, greyed, with the reason and its age; Redis comes: all is well without a restart', async () => {
  test.setTimeout(150_000);
  await stage.redis.stop();
  const banner = page.getByRole('note');
  await expect(banner).toContainText(/^Redis unavailable: .*\. The list is as it was \d+ s ago\.$/, {
    timeout: 30_000,
  });
  await expect(page.locator('main.not-live')).toBeVisible();
  await expect(rows()).toHaveCount(3);
  await shot('away');
  await stage.redis.start();
  await expect(banner).toHaveCount(0, { timeout: 90_000 });
  await expect(rows().filter({ hasText: /Learning/ })).toHaveCount(1);
  // It began empty, and the one that lives has written itself down again.
  await expect.poll(() => ids().length, { timeout: 90_000 }).toBe(1);
});

test('the viewer ends: the page says so and keeps what it knows', async () => {
  await endChild(stage.viewer, 'SIGTERM');
  expect(stage.viewer.exitCode).toBe(0);
  await expect(page.getByRole('note')).toContainText('No line to the viewer; trying again.');
  await expect(rows()).toHaveCount(3);
  problems.length = 0;
});
