// From a key press to the trust score on the dashboard, nothing mocked: real X input from xdotool into the native hook, a real
// agent under Node, a real browser. Ada enrols and is trusted; then Grace takes over and trust falls.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Browser, type Page } from 'playwright/test';
import { checkPush, type Snapshot } from '../src-preload/contract.ts';
import { typistByName } from '../src-main/agent/collect/synthetic.ts';
import { launchBrowser, linkOf, missingForBrowser } from './browser-host.ts';
import { typeAs } from './typist.ts';
import { missingForX, startXSession, type XSession } from './x-session.ts';

const ARTEFACTS = path.resolve(import.meta.dirname, '../out/e2e');
const missing = missingForX() ?? missingForBrowser();
test.skip(missing !== null, missing ?? '');

const home = mkdtempSync(path.join(tmpdir(), 'seclyzer-first-light-'));
let screen: XSession;
let agent: ChildProcess;
let browser: Browser;
let url = '';
/** The same plans of typing in every run. */
let nextSeed = 1;

test.beforeAll(async () => {
  screen = await startXSession();
  agent = startAgent();
  url = await linkOf(agent);
  browser = await launchBrowser();
});

test.afterAll(async () => {
  await browser?.close();
  if (agent?.exitCode === null) agent.kill('SIGKILL');
  await screen?.stop();
  rmSync(home, { recursive: true, force: true });
});

test('Ada is learned and trusted, Grace is noticed within a minute', async () => {
  test.setTimeout(420_000);
  const problems: string[] = [];
  const page = await openDashboard(problems);
  const seen = await watch(page);

  await work('ada', seen, ({ state }) => state !== 'LEARNING', 240);
  expect(seen().state).toBe('NORMAL');
  await work('ada', seen, ({ trust }) => (trust ?? 0) >= 90, 60);
  const settled = await work('ada', seen, () => false, 30);
  expect(seen().trust).toBeGreaterThanOrEqual(70);
  expect(settled.states).toEqual(new Set(['NORMAL']));
  const trustOfAda = seen().trust;
  await expect(page.getByText('Normal', { exact: true }).first()).toBeVisible();
  expect(await trustShown(page)).toBeGreaterThanOrEqual(70);
  await page.screenshot({ path: path.join(ARTEFACTS, 'ada-trusted.png'), fullPage: true });

  const delays: number[] = [];
  for (let i = 0; i < 5; i += 1) delays.push(await keyToDashboardMs(seen));

  const takeover = await work('grace', seen, ({ trust }) => (trust ?? 100) < 35, 60);
  expect(seen().trust).toBeLessThan(35);
  await work('grace', seen, ({ state }) => state === 'LOCKDOWN', 30);
  await expect(page.getByText('Locked out').or(page.getByText('Lockdown')).first()).toBeVisible();
  expect(await trustShown(page)).toBeLessThan(35);
  await page.screenshot({ path: path.join(ARTEFACTS, 'grace-noticed.png'), fullPage: true });

  expect(problems).toEqual([]);
  const figures = {
    trustOfAda,
    secondsUntilBelow35: takeover.seconds,
    keystrokesUntilBelow35: takeover.keystrokes,
    keyToDashboardMs: delays.toSorted((a, b) => a - b)[2],
    memoryMiB: seen().budget?.memoryMiB.used,
    cpuPercent: seen().budget?.cpuPercent.used,
  };
  writeFileSync(path.join(ARTEFACTS, 'first-light.json'), `${JSON.stringify(figures, null, 2)}\n`);
  test.info().annotations.push({ type: 'figures', description: JSON.stringify(figures) });

  agent.kill('SIGINT');
  const [code] = (await once(agent, 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect(page.getByText(/no line to the agent/i).first()).toBeVisible();
});

function startAgent(): ChildProcess {
  const cli = path.resolve(import.meta.dirname, '../out/main/cli.js');
  const enrol = ['--enrol-keystrokes', '400', '--enrol-mouse', '15', '--enrol-apps', '1000'];
  // xdotool types here, as a test should say.
  const words = ['run', '--data', path.join(home, 'data'), '--input-is-scripted', ...enrol];
  return spawn(process.execPath, [cli, ...words], {
    env: { ...process.env, DISPLAY: screen.display, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function openDashboard(problems: string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 960, height: 680 } });
  page.on('console', (message) => {
    if (message.type() === 'error' && agent.exitCode === null) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(url);
  await page.getByRole('button', { name: 'Understood' }).click();
  return page;
}

/** Listens to the same pushes as the page, in the page, so that the test sees what its user sees. */
async function watch(page: Page): Promise<() => Snapshot> {
  let newest: Snapshot | null = null;
  await page.exposeFunction('seenPush', (data: string) => {
    const push = checkPush(JSON.parse(data));
    if (push.push === 'snapshot') newest = push.data;
  });
  await page.evaluate(() => {
    const report = (globalThis as unknown as { seenPush: (data: string) => void }).seenPush;
    new EventSource('/events').addEventListener('message', ({ data }: MessageEvent<string>) => report(data));
  });
  await expect.poll(() => newest).not.toBeNull();
  return () => {
    if (newest === null) throw new Error('no snapshot yet');
    return newest;
  };
}

/** The number that stands in the gauge. */
async function trustShown(page: Page): Promise<number> {
  return Number(await page.locator('.dial-score').textContent());
}

/** From one key to the push that tells of it, after a rest: what somebody who looks at the dashboard waits. */
async function keyToDashboardMs(seen: () => Snapshot): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const before = seen().events.published;
  const startMs = performance.now();
  spawn('xdotool', ['key', 'a'], { env: { ...process.env, DISPLAY: screen.display }, stdio: 'ignore' });
  await expect.poll(() => seen().events.published, { intervals: [5], timeout: 5000 }).toBeGreaterThan(before);
  return Math.round(performance.now() - startMs);
}

interface Worked {
  readonly seconds: number;
  readonly keystrokes: number;
  readonly states: ReadonlySet<string>;
}

/** Lets a typist work until something shows on the dashboard, or the time is over. */
async function work(
  name: string,
  seen: () => Snapshot,
  until: (now: Snapshot) => boolean,
  seconds: number,
): Promise<Worked> {
  const enough = new AbortController();
  const states = new Set<string>();
  const startMs = performance.now();
  const poll = setInterval(() => {
    states.add(seen().state);
    if (until(seen())) enough.abort();
  }, 200);
  const typed = await typeAs(typistByName(name), {
    display: screen.display,
    seconds,
    withMouse: true,
    seed: nextSeed++,
    signal: enough.signal,
  });
  clearInterval(poll);
  return { seconds: Math.round((performance.now() - startMs) / 100) / 10, keystrokes: typed.keystrokes, states };
}
