// Leaves: a D-Bus session bus of its own, and calls on it as any program of that session would make them.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { sparingBus } from '../src-main/sparing-bus.fixture.ts';

/** A name on the bus and a path behind it. */
export type BusObject = readonly [name: string, path: string];

export interface SessionBus {
  readonly address: string;
  /** Answers in gdbus' own notation. Rejects with what the other side said. */
  readonly call: (target: BusObject, method: string, ...args: string[]) => Promise<string>;
  readonly property: (target: BusObject, owner: string, name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Programs that a bus and its calls need, with the Debian package of each. */
export const BUS_PROGRAMS = { 'dbus-daemon': 'dbus', gdbus: 'libglib2.0-bin' };

export interface BusOptions {
  /** Whether the bus starts whatever is installed here when somebody asks for it: a keyring, say, which asks for a password. */
  readonly startsServices?: boolean;
}

/** @param session what services that the bus starts find in their environment */
export async function startSessionBus(
  session: Record<string, string>,
  { startsServices = false }: BusOptions = {},
): Promise<SessionBus> {
  const sparing = startsServices ? null : sparingBus();
  const daemon = spawn('dbus-daemon', [sparing?.option ?? '--session', '--nofork', '--print-address'], {
    env: { ...process.env, ...session },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (sparing !== null) daemon.once('exit', sparing.remove);
  const [line] = (await once(daemon.stdout, 'data')) as [Buffer];
  const address = line.toString().trim();
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address };
  const call = async (target: BusObject, method: string, ...args: string[]): Promise<string> => {
    const words = ['call', '--session', '-d', target[0], '-o', target[1], '-m', method, ...args];
    const { stdout } = await promisify(execFile)('gdbus', words, { env });
    return stdout;
  };
  return {
    address,
    call,
    property: (target, owner, name) => call(target, 'org.freedesktop.DBus.Properties.Get', owner, name),
    stop: () => endProcess(daemon),
  };
}

/** Asks a process of ours to end and waits until it has. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
