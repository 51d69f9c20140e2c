// The tray application as a user meets it: Electron on a desktop with a tray, the real agent, a synthetic typist at the keys.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from 'playwright/test';
import { missingForTray, startDesktop, type Desktop } from './desktop.ts';
import { agentEnvironment, layOutElectron, missingForElectron } from './electron-program.ts';
import { missingForX, startXSession, type XSession } from './x-session.ts';

const missing = missingForElectron() ?? missingForX() ?? missingForTray();
test.skip(missing !== null, missing ?? '');

const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-app-'));
let program = '';
let screen: XSession;
let desktop: Desktop;
let running: ElectronApplication | null = null;

test.beforeAll(async () => {
  program = layOutElectron(path.join(home, 'electron'));
  screen = await startXSession();
  desktop = await startDesktop(screen.display, home);
});

test.afterEach(async () => {
  await running?.close();
  running = null;
});

test.afterAll(async () => {
  await desktop?.stop();
  await screen?.stop();
  rmSync(home, { recursive: true, force: true });
});

/** The typist pauses to read and to use the mouse, and only whole windows of typing are learned from. */
const PATIENCE = { timeout: 60_000 };

/** A folder of its own each time, so that no test finds what another left. */
function words(name: string): string[] {
  const folder = path.join(home, name);
  // Enrolment is out of reach, so that typing is counted for as long as somebody looks.
  return [
    `--user-data-dir=${folder}/shell`,
    '--data',
    `${folder}/data`,
    '--synthetic',
    'ada',
    '--enrol-keystrokes',
    '1000000',
  ];
}

const environment = (): Record<string, string> => {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(own), ...desktop.env, ...agentEnvironment() };
};

async function launch(name: string): Promise<ElectronApplication> {
  running = await _electron.launch({ executablePath: program, args: words(name), cwd: home, env: environment() });
  return running;
}

/** Starts the program without Playwright, until it ends. */
const run = (args: readonly string[], env = environment()): Promise<{ code: unknown; stderr: string }> =>
  new Promise((resolve) => {
    execFile(program, ['--no-sandbox', ...args], { cwd: home, env, timeout: 30_000 }, (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stderr }),
    );
  });

const tooltip = async (): Promise<string | undefined> => (await desktop.trayItem())?.tooltip;

const rendererCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ app: shell }) => shell.getAppMetrics().filter(({ type }) => type === 'Tab').length);

const windowCount = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

const typed = async (page: Page): Promise<number> => {
  const said = await page.getByRole('meter', { name: 'Typing: learned' }).getAttribute('aria-valuetext');
  return Number(/^[\d,.\s]+/.exec(said ?? '')?.[0].replaceAll(/\D/g, '') ?? Number.NaN);
};

/** Processes that this one started, directly. */
function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The agent, where it runs under a Node of its own; else the utility process that carries its name. */
async function agentPid(app: ElectronApplication): Promise<number> {
  const main = app.process().pid ?? 0;
  const isHost = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('agent-host.js');
  const own = childrenOf(main).find((pid) => isHost(pid));
  const named = await app.evaluate(
    ({ app: shell }) => shell.getAppMetrics().find(({ name }) => name === 'seclyzer agent')?.pid,
  );
  const pid = own ?? named;
  if (pid === undefined) throw new Error('no agent is running');
  return pid;
}

/** Opens the dashboard as a user without a tray would: by starting the program again. */
async function openBySecondStart(app: ElectronApplication, name: string): Promise<Page> {
  const opened = app.waitForEvent('window');
  expect((await run(words(name))).code).toBe(0);
  return opened;
}

test('tray at once, window on demand with live data, and nothing left of it when it closes', async () => {
  test.slow();
  const app = await launch('life');
  const complaints: string[] = [];
  app.context().on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  app.context().on('weberror', (error) => complaints.push(error.error().message));

  await expect.poll(tooltip).toBe('SecLyzer · learning');
  expect(await windowCount(app)).toBe(0);
  expect(await rendererCount(app)).toBe(0);

  const page = await openBySecondStart(app, 'life');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.getByText(/synthetic typist/i)).toBeVisible();
  await expect.poll(() => typed(page), PATIENCE).toBeGreaterThan(0);
  const before = await typed(page);
  await expect.poll(() => typed(page), PATIENCE).toBeGreaterThan(before);
  await page.screenshot({ path: test.info().outputPath('dashboard.png') });
  expect(complaints).toEqual([]);

  const renderer = await app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );
  expect(isAlive(renderer)).toBe(true);
  await page.close();
  await expect.poll(() => rendererCount(app)).toBe(0);
  await expect.poll(() => isAlive(renderer)).toBe(false);
  expect(await tooltip()).toBe('SecLyzer · learning');

  const opened = app.waitForEvent('window');
  await (await desktop.trayItem())?.click();
  await expect((await opened).getByText('Live', { exact: true })).toBeVisible();
  expect((await run(words('life'))).code).toBe(0);
  expect(await windowCount(app)).toBe(1);

  const main = app.process();
  const children = [...childrenOf(main.pid ?? 0), await agentPid(app)];
  const code = new Promise((resolve) => main.once('exit', resolve));
  const item = await desktop.trayItem();
  expect(item?.menu).toEqual(['learning', 'Open dashboard', 'Quit']);
  await item?.choose('Quit');
  expect(await code).toBe(0);
  await expect.poll(() => children.filter((pid) => isAlive(pid))).toEqual([]);
  expect(await tooltip()).toBeUndefined();
});

test('the page can do what the dashboard needs, and nothing else', async () => {
  const app = await launch('walls');
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  const page = await openBySecondStart(app, 'walls');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const found = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.body.append(script);
    const outcome = (promise: Promise<unknown>): Promise<string> =>
      promise.then(
        () => 'allowed',
        () => 'refused',
      );
    return {
      origin: location.origin,
      bridge: Object.keys(Reflect.get(window, 'seclyzer') as object).toSorted(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      injected: 'injected' in window,
      opened: window.open('https://example.com/') !== null,
      elsewhere: await outcome(fetch('https://example.com/')),
      notifications: Notification.permission,
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
    };
  });
  expect(found).toEqual({
    origin: 'seclyzer://app',
    bridge: ['onClose', 'onMessage', 'send'],
    node: [],
    injected: false,
    opened: false,
    elsewhere: 'refused',
    notifications: 'denied',
    camera: 'refused',
  });
  await page.evaluate(() => location.assign('https://example.com/'));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  expect(page.url()).toMatch(/^seclyzer:\/\/app\//);
  expect(await windowCount(app)).toBe(1);
});

test('an agent that is killed is started again, and the open dashboard goes on', async () => {
  const app = await launch('again');
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  const page = await openBySecondStart(app, 'again');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();

  const first = await agentPid(app);
  process.kill(first, 'SIGKILL');
  await expect.poll(tooltip).toMatch(/^SecLyzer · starting again in 2 s\. The agent crashed \(.+\)\.$/);
  await expect(page.getByText('Live', { exact: true })).toBeHidden();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect.poll(tooltip).toBe('SecLyzer · learning');
  expect(await agentPid(app)).not.toBe(first);
});

test('what cannot work is said in one line', async () => {
  const misused = await run(['--enrol-mouse', 'many']);
  expect(misused.code).toBe(2);
  expect(misused.stderr).toContain('SecLyzer: --enrol-mouse needs a whole number of events, not "many"');

  test.skip(
    agentEnvironment()['SECLYZER_AGENT_NODE'] === undefined,
    'this Electron has a Node that the agent can run under',
  );
  const { SECLYZER_AGENT_NODE: _left, ...bare } = environment();
  const tooOld = await run(words('old'), bare);
  expect(tooOld.code).toBe(1);
  expect(tooOld.stderr).toMatch(
    /SecLyzer: This Electron \(\S+\) has Node-API \d+; the agent needs 10\. Name a newer Node in SECLYZER_AGENT_NODE/,
  );
});
