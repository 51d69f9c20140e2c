// The tray as its user meets it: the icon that the panel draws, clicks on it, the menu that opens, the window that comes and goes.
import { expect, test } from 'playwright/test';
import { processTree } from './process-tree.ts';
import {
  agentPid,
  ask,
  clickTray,
  exitCode,
  isAlive,
  mainPid,
  openByClick,
  openBySecondStart,
  rendererCount,
  tooltipOf,
  windowCount,
} from './running-app.ts';
import { missingForStage, openStage, type Home, type Stage } from './stage.ts';

const missing = missingForStage();
test.skip(missing !== null, missing ?? '');

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage();
});
test.afterEach(() => stage.clear());
test.afterAll(() => stage?.stop());

/** Enrolment is out of reach, so that typing is counted for as long as somebody looks. */
const watchingAda = ({ data }: Home): string[] => [
  ...['--data', data],
  ...['--synthetic', 'ada'],
  ...['--enrol-keystrokes', '1000000'],
];

const tooltip = (): Promise<string | undefined> => tooltipOf(stage)();
const picture = (name: string): Promise<void> => stage.desktop.screen.picture(test.info().outputPath(`${name}.png`));

test('no window at the start; a click on the icon opens one with live data; nothing is left of it when it closes', async () => {
  const home = stage.home('life');
  const app = await stage.launch(home, watchingAda(home));
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  expect(await windowCount(app)).toBe(0);
  expect(await rendererCount(app)).toBe(0);

  const page = await openByClick(stage, app);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByText(/synthetic typist/i)).toBeVisible();
  const published = async (): Promise<number> => (await ask(app, 'snapshot')).events.published;
  const before = await published();
  await expect.poll(published).toBeGreaterThan(before);
  await picture('panel-and-window');
  expect((await stage.run(home, watchingAda(home))).code).toBe(0);
  expect(await windowCount(app)).toBe(1);

  const renderer = await app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );
  expect(isAlive(renderer)).toBe(true);
  await page.close();
  await expect.poll(() => rendererCount(app)).toBe(0);
  await expect.poll(() => isAlive(renderer)).toBe(false);
  expect(await tooltip()).toBe('SecLyzer · learning');

  const processes = processTree(mainPid(app));
  expect(processes).toContain(await agentPid(app));
  const ended = exitCode(app);
  await (await stage.desktop.panel.trayItem())?.choose('Quit');
  expect(await ended).toBe(0);
  await expect.poll(() => processes.filter((pid) => isAlive(pid))).toEqual([]);
  expect(await tooltip()).toBeUndefined();
});

test('a pause is chosen in the menu; icon, tooltip, window and record say so; it ends in the window', async () => {
  const home = stage.home('pause');
  const app = await stage.launch(home, watchingAda(home));
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  expect((await stage.desktop.panel.trayItem())?.menu).toEqual([
    ...['learning', 'Open dashboard'],
    ...['Pause', 'For 15 minutes', 'For 1 hour', 'Until I resume'],
    ...['Settings', 'About', 'Quit'],
  ]);

  await clickTray(stage, 'right');
  await expect.poll(() => isMenuOpen()).toBe(true);
  // The line with the state cannot be chosen, so the first step down is on "Open dashboard"; right opens the submenu.
  await stage.desktop.screen.press('Down', 'Down', 'Right');
  await picture('menu');
  await stage.desktop.screen.press('Return');
  await expect.poll(tooltip).toMatch(/^SecLyzer · paused until \d\d:\d\d$/);
  await picture('paused');

  const page = await openBySecondStart(stage, app, home, watchingAda(home));
  const banner = page.getByRole('note').filter({ hasText: /Paused until \d+:\d\d.*Nothing is watched or learned\./ });
  await expect(banner).toBeVisible();
  const { paused } = await ask(app, 'snapshot');
  expect((paused?.untilMs ?? 0) - (paused?.sinceMs ?? 0)).toBe(15 * 60_000);
  const { published } = (await ask(app, 'snapshot')).events;
  await picture('paused-window');
  // Ada types several keys a second.
  await page.waitForTimeout(3000);
  expect((await ask(app, 'snapshot')).events.published).toBe(published);

  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  await expect(banner).toBeHidden();
  const record = await ask(app, 'audit', { limit: 10 });
  expect(record.filter(({ kind }) => kind === 'pause' || kind === 'resume').map(({ text }) => text)).toEqual([
    'Resumed.',
    'Paused for 15 min.',
  ]);
  expect((await stage.desktop.panel.trayItem())?.menu).toContain('For 1 hour');
});

/** A menu is a window of the panel's that hangs below it. */
const isMenuOpen = async (): Promise<boolean> => {
  const windows = await stage.desktop.screen.windows();
  const hanging = windows.filter(({ name, y, width }) => name === 'wrapper-2.0' && y > 10 && width > 50);
  const shown = await Promise.all(hanging.map((window) => stage.desktop.screen.isShown(window)));
  return shown.includes(true);
};
