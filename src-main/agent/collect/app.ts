// Enters: the X server's word that another window has become active (EWMH _NET_ACTIVE_WINDOW on the root window).
// Leaves: focus events with the name of the application. Titles are never read. Nothing is polled.
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { applicationName } from './application-name.ts';
import type { Collector, CollectorSink } from './collector.ts';
import { SERVER_GONE, UnavailableError, type Unavailable } from './unavailable.ts';
import { createXClock, systemClocks, type Clocks } from './x-clock.ts';
import { connectX, type XConnection } from './x-connection.ts';
import { displayAvailability, whyNot, type Environment } from './x-display.ts';

const NO_WINDOW_MANAGER: Unavailable = {
  ok: false,
  reason: 'no window manager tells which window is active (EWMH)',
  fix: 'Use a desktop environment, or a window manager that supports EWMH, such as openbox.',
};

export function appCollector(env: Environment = process.env, clocks: Clocks = systemClocks): Collector {
  let connection: XConnection | null = null;
  return {
    name: 'application focus',
    modalities: ['app'],
    available: async () => {
      const display = await displayAvailability(env);
      if (!display.ok) return display;
      try {
        return (await withConnection(env, announcesActiveWindow)) ? display : NO_WINDOW_MANAGER;
      } catch (error) {
        return whyNot(error);
      }
    },
    start: async (sink) => {
      const x = await connectX(env['DISPLAY'] ?? '').catch((error: unknown) => {
        throw new UnavailableError(whyNot(error), { cause: error });
      });
      connection = x;
      try {
        if (!(await announcesActiveWindow(x))) throw new UnavailableError(NO_WINDOW_MANAGER);
        await followFocus(x, sink, clocks);
      } catch (error) {
        x.close();
        throw error;
      }
      x.onEnd(() => {
        if (connection === x) sink.report(SERVER_GONE);
      });
    },
    stop: async () => {
      const ending = connection;
      connection = null;
      ending?.close();
    },
  };
}

async function withConnection<T>(env: Environment, use: (x: XConnection) => Promise<T>): Promise<T> {
  const x = await connectX(env['DISPLAY'] ?? '');
  try {
    return await use(x);
  } finally {
    x.close();
  }
}

async function announcesActiveWindow(x: XConnection): Promise<boolean> {
  const supported = await x.property(x.root, await x.atom('_NET_SUPPORTED'));
  const active = await x.atom('_NET_ACTIVE_WINDOW');
  return words(supported).includes(active);
}

async function followFocus(x: XConnection, sink: CollectorSink, clocks: Clocks): Promise<void> {
  const clock = createXClock(clocks);
  const active = await x.atom('_NET_ACTIVE_WINDOW');
  const nameOf = await applicationNames(x);
  let last = '';
  let reading: Promise<void> = Promise.resolve();
  /** One reading after the other, so that focus events keep their order. Window managers tell each change twice. */
  const read = (ts: number): void => {
    reading = reading
      .then(async () => {
        const window = words(await x.property(x.root, active))[0] ?? 0;
        const name = window === 0 ? last : await nameOf(window);
        if (name === last) return;
        last = name;
        sink.publish({ type: 'app', ts, app_name: name, event: 'focus' });
      })
      // A window may close while it is being asked; the next change of focus follows at once.
      .catch(() => sink.refuse('an application window closed before it could be named'));
  };
  await x.watchProperties(x.root, ({ atom, timeMs }) => {
    if (atom === active) read(clock.toEpochUs(timeMs));
  });
  read(Math.round(clocks.wallMs() * 1000));
}

/** WM_CLASS names the application; without it the process does, if it runs on this machine. */
async function applicationNames(x: XConnection): Promise<(window: number) => Promise<string>> {
  const wmClass = await x.atom('WM_CLASS');
  const wmPid = await x.atom('_NET_WM_PID');
  const wmMachine = await x.atom('WM_CLIENT_MACHINE');
  return async (window) => {
    // Two strings, each ended by NUL: the instance and the class (ICCCM 4.1.2.5).
    const [, className = ''] = (await x.property(window, wmClass)).toString('latin1').split('\0');
    if (applicationName(className) !== '') return applicationName(className);
    const pid = words(await x.property(window, wmPid))[0] ?? 0;
    const machine = (await x.property(window, wmMachine)).toString('latin1').replace(/\0+$/, '');
    const local = machine === '' || machine === hostname();
    return (pid > 0 && local && applicationName(await commandName(pid))) || 'unknown';
  };
}

async function commandName(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/comm`, 'utf8');
  } catch {
    return ''; // The process has ended, or this system has no /proc: the caller then says `unknown`.
  }
}

/** The 32-bit items of a property (X protocol: in the byte order that the client declared, its own). */
function words(data: Buffer): readonly number[] {
  return Array.from({ length: data.length >> 2 }, (_, i) => data.readUInt32LE(i * 4));
}
