// Somebody else sits down at the owner's keyboard, for real: keys through the X server, a drawn notification, the countdown, a lock
// that a mocked logind sees, and the password that puts everything right.
import { expect, test, type ElectronApplication, type Page } from 'playwright/test';
import { typistByName } from '../src-main/agent/collect/synthetic.ts';
import { learn } from './learned.ts';
import { missingForMockSystem, startMockSystem, type MockSystem } from './mock-system.ts';
import { ask, openByClick, tooltipOf } from './running-app.ts';
import { missingForStage, openStage, type Stage } from './stage.ts';
import { typeAs } from './typist.ts';

const missing = missingForStage() ?? missingForMockSystem();
test.skip(missing !== null, missing ?? '');

let stage: Stage;
let system: MockSystem;
test.beforeAll(async () => {
  // The window that takes the typing also makes it arrive at once.
  stage = await openStage({ inputWindow: true });
  system = await startMockSystem({ busAddress: stage.desktop.bus.address });
});
test.afterEach(() => stage.clear());
test.afterAll(async () => {
  await system?.stop();
  await stage?.stop();
});

const tooltip = (): Promise<string | undefined> => tooltipOf(stage)();
const picture = (name: string): Promise<void> => stage.desktop.screen.picture(test.info().outputPath(`${name}.png`));
const live = (page: Page) => page.getByText('Live', { exact: true });
const NORMAL = /^SecLyzer · \d+ · normal$/;
/** Enough for a state to fall as far as it can. */
const TAKEOVER_S = 100;

test('a notification leads to the very event; the countdown is seen; the screen locks; unlocking restores trust', async () => {
  test.setTimeout(300_000);
  const app = await startLearned();
  await until('grace', async () => (await stage.desktop.notifications.drawn()) !== null);
  const page = await followNotification(app);
  // In doubt, which the first notification may be ahead of, the settings that protect stay as they are.
  await until('grace', async () => /^SecLyzer · \d+ · (restricted|lockdown)$/.test((await tooltip()) ?? ''));
  await expect(ask(app, 'changeSettings', { lock: { enabled: true } })).rejects.toThrow(
    /Lock the screen and unlock it/,
  );
  await system.lock();
  await system.unlock();
  await expect.poll(tooltip).toMatch(NORMAL);
  const { settings } = await ask(app, 'changeSettings', { lock: { enabled: true } });
  expect(settings.lock.enabled).toBe(true);
  await page.close();
  const startedMs = Date.now();
  await until('grace', async () => (await tooltip()) === 'SecLyzer · locking the screen');
  await countDown(app, startedMs);
  await unlock(app);
});

async function startLearned(): Promise<ElectronApplication> {
  const home = stage.home('owner');
  await learn('ada', home.data);
  const env = { ...home.env, ...system.env };
  const app = await stage.launch({ ...home, env }, ['--data', home.data]);
  await expect.poll(tooltip).toMatch(NORMAL);
  const page = await openByClick(stage, app);
  await expect(live(page)).toBeVisible();
  await expect.poll(async () => (await ask(app, 'settings')).abilities.lock.available).toBe(true);
  await page.close();
  return app;
}

/** Lets somebody type and use the mouse until something has happened. */
async function until(typist: string, happened: () => Promise<boolean>): Promise<void> {
  const enough = new AbortController();
  let seen = false;
  const typing = typeAs(typistByName(typist), {
    display: stage.display,
    seconds: TAKEOVER_S,
    withMouse: true,
    seed: 7,
    signal: enough.signal,
  });
  const watching = async (): Promise<void> => {
    while (!enough.signal.aborted) {
      seen = await happened();
      if (seen) enough.abort();
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const watch = watching();
  await typing;
  enough.abort();
  await watch;
  expect(seen).toBe(true);
}

/** A click on what dunst has drawn. */
async function followNotification(app: ElectronApplication): Promise<Page> {
  const drawn = await stage.desktop.notifications.drawn();
  if (drawn === null) throw new Error('the notification has gone');
  await picture('notification');
  const opened = app.waitForEvent('window');
  await stage.desktop.screen.click({ x: drawn.x + drawn.width / 2, y: drawn.y + 20 });
  const page = await opened;
  await expect(live(page)).toBeVisible();
  const [newest] = await ask(app, 'decisions', { limit: 1 });
  if (newest === undefined) throw new Error('a notification without a decision');
  expect(new URL(page.url()).hash).toBe(`#/history?at=${newest.atMs}`);
  expect(newest.from).toBe('NORMAL');
  await expect(page.getByText(newest.reason).first()).toBeVisible();
  await picture('notification-followed');
  const [told] = await stage.desktop.notifications.past();
  expect(told?.title).toMatch(/^(This may not be you|This is probably not you|Somebody else seems to be here)$/);
  expect(told?.body).toContain(newest.reason);
  return page;
}

async function countDown(app: ElectronApplication, fromMs: number): Promise<void> {
  expect(await system.lockRequests()).toBe(0);
  const page = app.windows()[0] ?? (await app.waitForEvent('window'));
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('timer')).toHaveText(/^\d+ ?seconds?$/);
  await picture('countdown');
  await expect.poll(() => system.lockRequests(), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(async () => (await ask(app, 'snapshot')).screen).toBe('locked');
  await expect(dialog).toBeHidden();
  await picture('locked');
  const record = await ask(app, 'audit', { limit: 50, fromMs });
  const locks = record.filter(({ kind }) => ['countdown', 'lock'].includes(kind)).map(({ text }) => text);
  test.info().annotations.push({ type: 'lock record', description: locks.join(' | ') });
  expect(locks.length).toBeGreaterThanOrEqual(2);
}

async function unlock(app: ElectronApplication): Promise<void> {
  const [page] = app.windows();
  if (page === undefined) throw new Error('the window that counted down has gone');
  await system.unlock();
  await expect.poll(tooltip, { timeout: 3000 }).toMatch(NORMAL);
  const restored = await ask(app, 'snapshot');
  expect([restored.state, restored.screen, restored.locking]).toEqual(['NORMAL', 'open', null]);
  const newest = async (): Promise<string | undefined> => (await ask(app, 'audit', { limit: 1 }))[0]?.kind;
  expect(await newest()).toBe('unlock');
  await expect(page.getByRole('note').filter({ hasText: 'The screen is locked' })).toBeHidden();
  await expect(page.getByRole('region', { name: 'Trust', exact: true }).getByText('Normal')).toBeVisible();
  await picture('unlocked');
  await page.screenshot({ path: test.info().outputPath('unlocked-window.png') });

  const before = await ask(app, 'decisions', { limit: 500 });
  await system.suspend();
  await expect.poll(newest).toBe('sleep');
  await system.resume();
  await expect.poll(newest).toBe('wake');
  // Longer than from one tick to the next.
  await new Promise((resolve) => setTimeout(resolve, 6000));
  expect(await ask(app, 'decisions', { limit: 500 })).toEqual(before);
}
