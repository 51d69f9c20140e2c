// Enters: a session bus of its own. Leaves: GNOME's keyring on it, open, with a keyring of its own that lies in a folder of the test;
// and a hand on its dialog. Nothing of this touches the keyring of whoever runs the tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Screen } from './screen.ts';
import { endProcess, type BusObject, type SessionBus } from './session-bus.ts';

export interface KeyringDaemon {
  readonly lock: () => Promise<void>;
  readonly isLocked: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

const PROGRAM = '/usr/bin/gnome-keyring-daemon';
const BUS: BusObject = ['org.freedesktop.DBus', '/org/freedesktop/DBus'];
const NAME = 'org.freedesktop.secrets';
const SERVICE: BusObject = [NAME, '/org/freedesktop/secrets'];
/** Made by the daemon at its first start. */
const LOGIN: BusObject = [NAME, '/org/freedesktop/secrets/collection/login'];
const START_LIMIT_MS = 10_000;
const POLL_MS = 50;

/** Why there can be no keyring here; null when there can. */
export const missingForKeyring = (): string | null =>
  existsSync(PROGRAM) ? null : 'no keyring: sudo apt-get install gnome-keyring';

/**
 * @param folder where its keyrings lie; on a desktop, that desktop's XDG_DATA_HOME
 * @throws Error when it is not on the bus in time
 */
export async function startKeyring(bus: SessionBus, folder: string, password: string): Promise<KeyringDaemon> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { GNOME_KEYRING_CONTROL: _ofTheOwner, ...inherited } = process.env;
  const own = { HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder };
  const control = `--control-directory=${path.join(folder, 'control')}`;
  const daemon = spawn(PROGRAM, ['--foreground', '--unlock', '--components=secrets', control], {
    env: { ...inherited, ...own, DBUS_SESSION_BUS_ADDRESS: bus.address },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin.end(password);
  const stop = (): Promise<void> => endProcess(daemon);
  const until = Date.now() + START_LIMIT_MS;
  // To call it would have the bus start another one, which is locked.
  while (!(await bus.call(BUS, 'org.freedesktop.DBus.NameHasOwner', NAME)).includes('true')) {
    if (Date.now() > until || daemon.exitCode !== null) {
      await stop();
      throw new Error("GNOME's keyring did not come onto the bus");
    }
    await sleep(POLL_MS);
  }
  return {
    lock: async () => void (await bus.call(SERVICE, 'org.freedesktop.Secret.Service.Lock', `['${LOGIN[1]}']`)),
    isLocked: async () => (await bus.property(LOGIN, 'org.freedesktop.Secret.Collection', 'Locked')).includes('true'),
    stop,
  };
}

/** Whether the desktop asks for the password of a locked keyring; false too while a window goes, when nothing can be listed. */
export const isAsked = (screen: Screen): Promise<boolean> =>
  screen.windows().then(
    (windows) => windows.some(({ title }) => title.startsWith('Unlock ')),
    () => false,
  );
