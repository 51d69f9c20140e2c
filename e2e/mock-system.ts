// Leaves: a message bus of its own, on it a mocked logind (python3-dbusmock) with one session, and a mocked screen saver; what happens
// to a session (lock, unlock, suspend, resume), and how often a program asked for a lock. Nothing of this touches the real desktop.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectBus, type Bus, type BusTarget } from '../src-main/dbus.ts';
import { sparingBus } from '../src-main/sparing-bus.fixture.ts';

/** Who tells of a lock: logind's `LockedHint`, the screen saver's `ActiveChanged`, or both, the saver first as in GNOME. */
export type Witness = 'hint' | 'saver' | 'both';

export interface MockSystem {
  /** For programs that live in this session. Both buses are one. */
  readonly env: Record<string, string>;
  /** The lock screen appears and goes, as if the user had done it. By default both tell, where both are there. */
  readonly lock: (by?: Witness) => Promise<void>;
  readonly unlock: (by?: Witness) => Promise<void>;
  readonly suspend: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** How often logind or the screen saver was asked to lock. */
  /** As a desktop does when nobody has typed for a while. */
  readonly setIdle: (idle: boolean) => Promise<void>;
  readonly lockRequests: () => Promise<number>;
  /** Ends one of the two programs, and starts it afresh, unlocked. */
  readonly stopProgram: (which: 'logind' | 'saver') => Promise<void>;
  readonly startProgram: (which: 'logind' | 'saver') => Promise<void>;
  /** The bus dies, and the programs on it; `restore` starts everything again at the same address. For a bus of our own alone. */
  readonly crashBus: () => Promise<void>;
  readonly restore: () => Promise<void>;
  /** For what no user does. */
  readonly bus: () => Bus;
  readonly stop: () => Promise<void>;
}

export interface MockSystemOptions {
  /** A session bus that is there already (a desktop's); it then serves as system bus too. */
  readonly busAddress?: string;
  readonly logind?: boolean;
  /** Its name on the bus; null: none. */
  readonly screenSaver?: string | null;
  /** Whether a lock follows when somebody asks for one. */
  readonly obeys?: { readonly logind?: boolean; readonly saver?: boolean };
}

export const MOCK_SESSION = { id: 'c1', path: '/org/freedesktop/login1/session/c1' } as const;
const PYTHON = '/usr/bin/python3';
const LOGIND = 'org.freedesktop.login1';
const MANAGER: BusTarget = { name: LOGIND, path: '/org/freedesktop/login1', interface: `${LOGIND}.Manager` };
const SESSION: BusTarget = { name: LOGIND, path: MOCK_SESSION.path, interface: `${LOGIND}.Session` };
const MOCK = 'org.freedesktop.DBus.Mock';
const START_LIMIT_MS = 10_000;

/** Why there can be no mocked system here; null when there can. */
export function missingForMockSystem(): string | null {
  const files = { dbus: '/usr/bin/dbus-daemon', 'python3-dbusmock': '/usr/lib/python3/dist-packages/dbusmock' };
  const missing = Object.entries(files).filter(([, file]) => !existsSync(file));
  if (missing.length === 0) return null;
  return `no mocked session: sudo apt-get install ${missing.map(([name]) => name).join(' ')}`;
}

/** @throws Error when one of the programs does not start */
export async function startMockSystem(options: MockSystemOptions = {}): Promise<MockSystem> {
  const { logind = true, screenSaver = 'org.gnome.ScreenSaver', obeys = {}, busAddress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'seclyzer-bus-'));
  const address = busAddress ?? `unix:path=${join(folder, 'bus')}`;
  const env = { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address, XDG_SESSION_ID: MOCK_SESSION.id };
  const saver: BusTarget | null = screenSaver === null ? null : saverTarget(screenSaver);
  const children = new Map<'bus' | 'logind' | 'saver', ChildProcess>();
  let bus: Bus | null = null;
  const onBus = (): Bus => {
    if (bus === null) throw new Error('the bus of the mocked session is down');
    return bus;
  };

  const startBus = async (): Promise<void> => {
    if (busAddress === undefined) children.set('bus', await startDaemon(address));
    bus = await connectBus('session', env);
  };
  const stopProgram: MockSystem['stopProgram'] = async (which) => {
    await end(children.get(which));
    children.delete(which);
  };
  const startProgram: MockSystem['startProgram'] = async (which) => {
    if (which === 'saver' && saver === null) return;
    const target = which === 'saver' && saver !== null ? saver : MANAGER;
    const args =
      which === 'logind' ? ['--template', 'logind'] : ['--session', target.name, target.path, target.interface];
    const child = spawn(PYTHON, ['-m', 'dbusmock', ...args], { env: { ...process.env, ...env }, stdio: 'ignore' });
    children.set(which, child);
    await until(`the mocked ${which}`, child, () => isThere(onBus(), target));
    if (which === 'logind') await prepareLogind(onBus(), obeys.logind ?? true);
    else await prepareSaver(onBus(), target, obeys.saver ?? true);
  };
  const startAll = async (): Promise<void> => {
    await startBus();
    if (logind) await startProgram('logind');
    if (saver !== null) await startProgram('saver');
  };
  const setLocked = async (locked: boolean, by: Witness): Promise<void> => {
    if (by !== 'hint' && saver !== null) await onBus().call(saver, 'SetActive', 'b', [locked]);
    if (by !== 'saver' && logind) await onBus().call(SESSION, 'SetLockedHint', 'b', [locked]);
  };
  const requestsOf = async (target: BusTarget): Promise<number> => {
    const calls = await onBus().call({ ...target, interface: MOCK }, 'GetMethodCalls', 's', ['Lock']);
    return Array.isArray(calls) ? calls.length : 0;
  };
  const crashBus = async (): Promise<void> => {
    await bus?.close();
    bus = null;
    await end(children.get('bus'), 'SIGKILL');
    // They end by themselves with their bus; a mock that still starts is told.
    for (const which of ['logind', 'saver'] as const) await stopProgram(which);
  };
  const stop = async (): Promise<void> => {
    await crashBus();
    await rm(folder, { recursive: true, force: true });
  };

  try {
    await startAll();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env,
    lock: (by = 'both') => setLocked(true, by),
    unlock: (by = 'both') => setLocked(false, by),
    suspend: async () => void (await onBus().call(MANAGER, 'Sleep', 'b', [true])),
    resume: async () => void (await onBus().call(MANAGER, 'Sleep', 'b', [false])),
    setIdle: async (idle) => void (await onBus().call(SESSION, 'SetIdleHint', 'b', [idle])),
    lockRequests: async () => (logind ? await requestsOf(SESSION) : 0) + (saver === null ? 0 : await requestsOf(saver)),
    stopProgram,
    startProgram,
    crashBus,
    restore: startAll,
    bus: onBus,
    stop,
  };
}

/** `org.gnome.ScreenSaver` lives at `/org/gnome/ScreenSaver`, and so do the others. */
const saverTarget = (name: string): BusTarget => ({ name, path: `/${name.replaceAll('.', '/')}`, interface: name });

/** Adds to the template what it lacks: finding a session by its process, a lock that is carried out, idleness, sleep. */
async function prepareLogind(bus: Bus, obeys: boolean): Promise<void> {
  await bus.call({ ...MANAGER, interface: MOCK }, 'AddSession', 'ssusb', [MOCK_SESSION.id, 'seat0', 1000, 'me', true]);
  const find = `ret = dbus.ObjectPath("${MOCK_SESSION.path}")`;
  await addMethod(bus, MANAGER, 'GetSessionByPID', 'u', 'o', find);
  const sleeping = `self.props["${MANAGER.interface}"]["PreparingForSleep"] = args[0]`;
  await addMethod(
    bus,
    MANAGER,
    'Sleep',
    'b',
    '',
    `${sleeping}\nself.EmitSignal("", "PrepareForSleep", "b", [args[0]])`,
  );
  const hint = obeys ? '\nself.UpdateProperties("", {"LockedHint": dbus.Boolean(True)})' : '';
  await addMethod(bus, SESSION, 'SetIdleHint', 'b', '', 'self.UpdateProperties("", {"IdleHint": args[0]})');
  await addMethod(bus, SESSION, 'Lock', '', '', `self.EmitSignal("", "Lock", "", [])${hint}`);
}

async function prepareSaver(bus: Bus, saver: BusTarget, obeys: boolean): Promise<void> {
  const set = (value: string): string =>
    `changed = getattr(self, "active", False) != ${value}\nself.active = ${value}\n` +
    `if changed: self.EmitSignal("", "ActiveChanged", "b", [${value}])`;
  await addMethod(bus, saver, 'SetActive', 'b', '', set('args[0]'));
  await addMethod(bus, saver, 'GetActive', '', 'b', 'ret = getattr(self, "active", False)');
  // Cinnamon takes a message for the lock screen.
  await addMethod(
    bus,
    saver,
    'Lock',
    saver.name === 'org.cinnamon.ScreenSaver' ? 's' : '',
    '',
    obeys ? set('True') : '',
  );
}

async function addMethod(
  bus: Bus,
  target: BusTarget,
  ...[name, takes, answers, code]: readonly [name: string, takes: string, answers: string, code: string]
): Promise<void> {
  const method = [target.interface, name, takes, answers, code];
  await bus.call({ ...target, interface: MOCK }, 'AddMethod', 'sssss', method);
}

async function startDaemon(address: string): Promise<ChildProcess> {
  const sparing = sparingBus();
  const words = [sparing.option, '--nofork', '--print-address', `--address=${address}`];
  const daemon = spawn('dbus-daemon', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  daemon.once('exit', sparing.remove);
  await Promise.race([
    once(daemon.stdout, 'data'),
    once(daemon, 'exit').then(() => Promise.reject(new Error('dbus-daemon did not start'))),
  ]);
  return daemon;
}

/** Answers once its object is there, which is later than its name. */
async function isThere(bus: Bus, target: BusTarget): Promise<boolean> {
  if (!(await bus.hasOwner(target.name))) return false;
  const calls = bus.call({ ...target, interface: MOCK }, 'GetCalls');
  return await calls.then(
    () => true,
    () => false,
  );
}

async function until(what: string, child: ChildProcess, ready: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  while (!(await ready())) {
    if (child.exitCode !== null) throw new Error(`${what} ended before it was ready`);
    if (performance.now() > limit) throw new Error(`${what} was not ready in ${START_LIMIT_MS / 1000} s`);
    await sleep(20);
  }
}

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
