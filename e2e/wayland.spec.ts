// The application as its user meets it under Wayland: Electron on sway without a screen, its icon in a mocked tray.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { agentEnvironment, layOutElectron, missingForElectron } from './electron-program.ts';
import { startMockTray, type MockTray } from './mock-shell.ts';
import { missingForMockSystem } from './mock-system.ts';
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

function start(program: string): ChildProcess {
  mkdirSync(path.join(root, 'config'), { recursive: true });
  const folders = { HOME: root, XDG_CONFIG_HOME: path.join(root, 'config'), XDG_DATA_HOME: path.join(root, 'share') };
  const { DISPLAY: _, ...inherited } = process.env;
  const env = { ...inherited, ...sway.env, ...tray.env, ...folders, ...agentEnvironment(), NO_AT_BRIDGE: '1' };
  const args = [...FOR_ROOT, '--ozone-platform=wayland', '--input-is-scripted'];
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
});
