// Leaves: a Wayland session without a screen: sway on its headless backend, drawing by software, and windows in it.
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess } from './session-bus.ts';

export interface SwaySession {
  /** For programs that live in it: WAYLAND_DISPLAY, SWAYSOCK, XDG_RUNTIME_DIR, XDG_SESSION_TYPE; no DISPLAY. */
  readonly env: Record<string, string>;
  /** Opens a window; resolves once sway has it. */
  readonly openWindow: (appId: string, title: string) => Promise<void>;
  /** The application identifiers of all windows. */
  readonly windows: () => Promise<readonly string[]>;
  /** A command of sway, `[app_id="a"] focus` for example. */
  readonly command: (words: string) => Promise<void>;
  /** A picture of the screen. */
  readonly screenshot: (file: string) => Promise<void>;
  /** The same as bytes, three a pixel and a few before: to see whether something has changed. */
  readonly pixels: () => Promise<Buffer>;
  /** The compositor dies. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const PACKAGES = { sway: 'sway', swaymsg: 'sway', foot: 'foot', grim: 'grim' };
const LIMIT_MS = 10_000;
/** sway refuses to run as root: then it runs as nobody, and root's programs may reach it all the same. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** What has to be installed before a session can be started; null when nothing is missing. */
export function missingForSway(): string | null {
  const missing = Object.entries(PACKAGES).filter(([program]) => !isInstalled(program));
  if (missing.length === 0) return null;
  return `no sway session: sudo apt-get install ${[...new Set(missing.map(([, name]) => name))].join(' ')}`;
}

const isInstalled = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** @throws Error naming what did not start in time */
export async function startSway(config: readonly string[] = ['xwayland disable']): Promise<SwaySession> {
  const folder = mkdtempSync(join(tmpdir(), 'seclyzer-sway-'));
  chmodSync(folder, 0o700);
  const file = join(folder, 'config');
  writeFileSync(file, ['output HEADLESS-1 resolution 1280x800', ...config, ''].join('\n'));
  if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
  const path = process.env['PATH'] ?? '';
  const socket = join(folder, 'sway.sock');
  const env = {
    ...{ PATH: path, HOME: folder, XDG_RUNTIME_DIR: folder, SWAYSOCK: socket, XDG_SESSION_TYPE: 'wayland' },
    ...{ WAYLAND_DISPLAY: 'wayland-1', XDG_CURRENT_DESKTOP: 'sway' },
  };
  const backend = { WLR_BACKENDS: 'headless', WLR_LIBINPUT_NO_DEVICES: '1', WLR_RENDERER: 'pixman' };
  const { WAYLAND_DISPLAY: _, ...compositorEnv } = env;
  const compositor = spawn('sway', ['-c', file], { env: { ...compositorEnv, ...backend }, stdio: 'ignore', ...NOBODY });
  const windows: ChildProcess[] = [];

  const runForBytes = async (program: string, ...args: readonly string[]): Promise<Buffer> => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const said: Buffer[] = [];
    for await (const bytes of child.stdout) said.push(bytes as Buffer);
    return Buffer.concat(said);
  };
  const run = async (program: string, ...args: readonly string[]): Promise<string> =>
    String(await runForBytes(program, ...args));
  const windowIds = async (): Promise<readonly string[]> =>
    [...(await run('swaymsg', '-t', 'get_tree')).matchAll(/"app_id": "([^"]+)"/g)].map(([, id = '']) => id);
  const until = async (what: string, ready: () => boolean | Promise<boolean>): Promise<void> => {
    const limit = performance.now() + LIMIT_MS;
    while (!(await ready())) {
      if (performance.now() > limit) throw new Error(`${what} was not ready in ${LIMIT_MS / 1000} s`);
      await sleep(50);
    }
  };
  const stop = async (): Promise<void> => {
    for (const window of windows) await endProcess(window);
    await endProcess(compositor);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until('sway', () => existsSync(socket) && existsSync(join(folder, 'wayland-1')));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    openWindow: async (appId, title) => {
      windows.push(spawn('foot', ['-a', appId, '-T', title, 'sleep', '600'], { env, stdio: 'ignore' }));
      await until(`the window of ${appId}`, async () =>
        (await run('swaymsg', '-t', 'get_tree')).includes(`"${appId}"`),
      );
    },
    windows: windowIds,
    command: async (words) => void (await run('swaymsg', words)),
    screenshot: async (picture) => void (await run('grim', picture)),
    pixels: () => runForBytes('grim', '-t', 'ppm', '-'),
    crash: async () => {
      compositor.kill('SIGKILL');
      await endProcess(compositor);
    },
    stop,
  };
}
