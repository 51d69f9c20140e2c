// Leaves: an X session without a screen: a display of its own, a window manager, and a full-screen window under the
// pointer. That window has to be there: without a client that takes the input, XRecord holds events back.
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { connectX, type XConnection } from '../src-main/agent/collect/x-connection.ts';

export interface XSession {
  /** `:N` */
  readonly display: string;
  /** Ends exactly the processes that were started; safe to call twice. */
  readonly stop: () => Promise<void>;
  /** Ends it after this process. For one that has loaded libX11, which ends it with an error as soon as its server goes. */
  readonly stopAtExit: () => void;
  /** Ends the X server alone, as when it crashes. */
  readonly crash: () => Promise<void>;
}

export interface XSessionOptions {
  readonly width?: number;
  readonly height?: number;
  /** Without one there is nobody to tell which window is active. */
  readonly windowManager?: boolean;
  /** Without the full-screen window input reaches the hook late, and the desktop is to be seen. */
  readonly inputWindow?: boolean;
}

const PACKAGES = { Xvfb: 'xvfb', openbox: 'openbox', xev: 'x11-utils', xdotool: 'xdotool' };
const START_LIMIT_MS = 10_000;
const FOCUS_LIMIT_MS = 2000;
const FOCUS_TRIES = 4;
const POLL_MS = 25;
const TERM_LIMIT_MS = 2000;

/** What has to be installed before a session can be started; null when nothing is missing. */
export function missingForX(): string | null {
  const missing = Object.entries(PACKAGES).filter(([program]) => !isInstalled(program));
  if (missing.length === 0) return null;
  const programs = missing.map(([program]) => program).join(', ');
  return `${programs} not found: sudo apt-get install ${missing.map(([, name]) => name).join(' ')}`;
}

export function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** This process sees that session from now on; before anything loads libX11 in it, which reads the variable itself. */
export function enterXSession({ display }: Pick<XSession, 'display'>): void {
  process.env['DISPLAY'] = display;
  delete process.env['WAYLAND_DISPLAY'];
  delete process.env['XDG_SESSION_TYPE'];
}

/** @throws Error naming the apt-get line when a program is missing, or what did not start in time */
export async function startXSession(options: XSessionOptions = {}): Promise<XSession> {
  const { width = 1280, height = 800, windowManager = true, inputWindow = true } = options;
  const missing = missingForX();
  if (missing !== null) throw new Error(missing);
  const children: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await end(child);
  };
  try {
    const screen = ['-screen', '0', `${width}x${height}x24`];
    const server = spawn('Xvfb', ['-displayfd', '3', ...screen, '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    children.push(server);
    const display = `:${await firstLine(server)}`;
    const run = (program: string, args: readonly string[]): ChildProcess => {
      const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, DISPLAY: display } });
      children.push(child);
      return child;
    };
    if (windowManager) {
      run('openbox', ['--sm-disable']);
      await until(display, 'openbox', START_LIMIT_MS, (x) => isSet(x, '_NET_SUPPORTED'));
    }
    if (inputWindow)
      await openWindow(() => run('xev', ['-geometry', `${width}x${height}+0+0`]), display, windowManager);
    const stopAtExit = (): void => {
      for (const child of children) child.unref();
      const wanted = children.map(({ pid }) => pid).join(' ');
      const watch = `while kill -0 ${process.pid}; do sleep 0.1; done; kill ${wanted}`;
      spawn('sh', ['-c', watch], { detached: true, stdio: 'ignore' }).unref();
    };
    return { display, stop, stopAtExit, crash: () => end(server, 'SIGKILL') };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The number of the display that the server has chosen. */
async function firstLine(server: ChildProcess): Promise<string> {
  const chosen = server.stdio[3] as Readable;
  const read = async (): Promise<string> => {
    let text = '';
    for await (const chunk of chosen) {
      text += String(chunk);
      if (text.includes('\n')) return text.trim();
    }
    throw new Error('Xvfb ended before it was ready');
  };
  return await inTime(read(), 'Xvfb');
}

/** A window that comes while openbox is still starting may be overlooked by it; then another one is opened. */
async function openWindow(open: () => ChildProcess, display: string, windowManager: boolean): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const window = open();
    if (!windowManager) return;
    try {
      await until(display, 'the window of xev', FOCUS_LIMIT_MS, (x) => isSet(x, '_NET_ACTIVE_WINDOW'));
      return;
    } catch (error) {
      if (tries === FOCUS_TRIES) throw error;
      await end(window);
    }
  }
}

async function until(
  display: string,
  what: string,
  limitMs: number,
  ready: (x: XConnection) => Promise<boolean>,
): Promise<void> {
  const x = await connectX(display);
  let given = true;
  const poll = async (): Promise<void> => {
    while (given && !(await ready(x))) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  };
  try {
    await inTime(poll(), what, limitMs);
  } finally {
    given = false;
    x.close();
  }
}

/** Whether a property of the root window is there and not all zero (no window). */
async function isSet(x: XConnection, name: string): Promise<boolean> {
  return (await x.property(x.root, await x.atom(name))).some((byte) => byte !== 0);
}

async function inTime<T>(work: Promise<T>, what: string, limitMs = START_LIMIT_MS): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what} was not ready in ${limitMs / 1000} s`)), limitMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), TERM_LIMIT_MS);
  await gone;
  clearTimeout(timer);
}
