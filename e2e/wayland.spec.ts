// The application as its user meets it under Wayland: Electron on sway without a screen, its icon in a mocked tray.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { agentEnvironment, layOutElectron, missingForElectron } from './electron-program.ts';
import { learn } from './learned.ts';
import { startMockTray, type MockTray } from './mock-shell.ts';
import { missingForMockSystem } from './mock-system.ts';
import { startDunst } from './notification-daemon.ts';
import { endProcess } from './session-bus.ts';
import { ARTEFACTS } from './stage.ts';
import { missingForSway, startSway, type SwaySession } from './sway-session.ts';

const missing = missingForElectron() ?? missingForSway() ?? missingForMockSystem();
test.skip(missing !== null, missing ?? '');

const APP_ID = 'io.github.seclyzer.SecLyzer';
/** A window that is drawn by software on a busy machine. */
const SLOW_MS = 25_000;
const FOR_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

let sway: SwaySession;
let tray: MockTray;
const root = mkdtempSync(path.join(tmpdir(), 'seclyzer-wayland-'));
const started: ChildProcess[] = [];

test.beforeAll(async () => {
  sway = await startSway();
  tray = await startMockTray();
});

test.afterAll(async () => {
  for (const child of started) await endProcess(child);
  await tray.stop();
  await sway.stop();
  rmSync(root, { recursive: true, force: true });
});

function start(program: string, ...more: string[]): ChildProcess {
  mkdirSync(path.join(root, 'config'), { recursive: true });
  const folders = { HOME: root, XDG_CONFIG_HOME: path.join(root, 'config'), XDG_DATA_HOME: path.join(root, 'share') };
  const { DISPLAY: _, ...inherited } = process.env;
  const env = { ...inherited, ...sway.env, ...tray.env, ...folders, ...agentEnvironment(), NO_AT_BRIDGE: '1' };
  const args = [...FOR_ROOT, '--ozone-platform=wayland', '--input-is-scripted', ...more];
  const child = spawn(program, args, { cwd: root, env, stdio: 'ignore' });
  started.push(child);
  return child;
}

test('no window at the start; a click on the icon opens one; closed, the program stays; started again, it opens', async () => {
  test.setTimeout(4 * SLOW_MS);
  const program = layOutElectron(path.join(root, 'electron'));
  const app = start(program);
  const windows = { timeout: SLOW_MS };
  await expect.poll(tray.item, windows).not.toBeNull();
  expect(await sway.windows()).toEqual([]);

  await tray.click((await tray.item()) ?? '');
  await expect.poll(sway.windows, windows).toEqual([APP_ID]);
  mkdirSync(ARTEFACTS, { recursive: true });
  await sway.screenshot(path.join(ARTEFACTS, 'wayland.png'));

  await sway.command(`[app_id="${APP_ID}"] kill`);
  await expect.poll(sway.windows, windows).toEqual([]);
  expect(app.exitCode).toBeNull();
  expect(await tray.item()).not.toBeNull();

  const second = start(program);
  await expect.poll(sway.windows, windows).toEqual([APP_ID]);
  await expect.poll(() => second.exitCode, windows).toBe(0);
  await endProcess(app);
});

test('somebody else at the keyboard: the notification is drawn, and no window with it', async () => {
  test.setTimeout(150_000);
  const data = path.join(root, 'owner');
  await learn('ada', data);
  const dunst = startDunst({ ...sway.env, ...tray.env, XDG_CONFIG_HOME: path.join(root, 'config') });
  try {
    const notYet = (): number => -1;
    await expect.poll(() => dunst.shown().catch(notYet)).toBe(0);
    const before = await sway.pixels();
    start(layOutElectron(path.join(root, 'electron')), '--data', data, '--synthetic', 'grace');
    await expect.poll(dunst.shown, { timeout: 120_000 }).toBeGreaterThan(0);
    expect(await sway.windows()).toEqual([]);
    // 360 pixels wide and some lines high: three bytes a pixel.
    const changed = async (): Promise<number> => {
      const now = await sway.pixels();
      return now.reduce((sum, byte, i) => sum + (byte === before[i] ? 0 : 1), 0);
    };
    await expect.poll(changed).toBeGreaterThan(3 * 300 * 30);
    await sway.screenshot(path.join(ARTEFACTS, 'wayland-notification.png'));
    await dunst.clear();
    const [told] = await dunst.past();
    expect(told?.title).toMatch(/\S/);
    expect(told?.body).toMatch(/\S/);
  } finally {
    await dunst.stop();
  }
});
