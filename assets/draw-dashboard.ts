// Draws assets/dashboard.png for the README. In: the built program. Out: the page Now of an invented owner who has been learned, on a desktop of
// its own (Xvfb with a session bus and what shows notifications), as the browser host serves it. `node assets/draw-dashboard.ts`
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launchBrowser, linkOf } from '../e2e/browser-host.ts';
import { startDesktop } from '../e2e/desktop.ts';
import { learn } from '../e2e/learned.ts';
import { startXSession } from '../e2e/x-session.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Ada's 40 minutes are over; these let the mouse and applications be scored as well. */
const ENROL = ['--enrol-mouse', '150', '--enrol-apps', '60'];
/** Until each of them has said something, and the line of the chart goes on to the right. */
const WATCHED_MS = 150_000;

const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-picture-'));
const screen = await startXSession({ inputWindow: false });
const desktop = await startDesktop(screen.display, path.join(folder, 'desktop'));
const data = path.join(folder, 'data');
await learn('ada', data);
const words = ['run', '--data', data, '--synthetic', 'ada', '--port', '0', ...ENROL];
const env = { ...process.env, ...desktop.env, HOME: folder };
const agent = spawn(process.execPath, [path.join(ROOT, 'out/main/cli.js'), ...words], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1180, height: 760 }, colorScheme: 'dark' });
await page.goto(await linkOf(agent));
await wait(WATCHED_MS);
await page.screenshot({ path: path.join(ROOT, 'assets/dashboard.png') });
await browser.close();
agent.kill();
await desktop.stop();
await screen.stop();
await rm(folder, { recursive: true });
