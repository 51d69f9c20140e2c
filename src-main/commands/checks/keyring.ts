// Whether the desktop keeps secrets: the service that Electron's safeStorage asks on Linux.
import { askProgram } from './ask-program.ts';
import type { Check } from './capability.ts';

const SERVICE = 'org.freedesktop.secrets';
/** What is stored is encrypted either way; the keyring decides where the key lies. */
const KEPT = 'the tray application keeps the key to the data in it';
const BESIDE = 'without one the key to the data lies beside it';

export const keyring =
  (env: NodeJS.ProcessEnv): Check =>
  async () => {
    if (process.platform !== 'linux')
      return { state: 'works', detail: `the keyring of the system; ${KEPT}`, fix: null };
    if ((env['DBUS_SESSION_BUS_ADDRESS'] ?? '') === '') {
      const fix = 'Start SecLyzer inside your desktop session.';
      return { state: 'missing', detail: `no session bus; ${BESIDE}`, fix };
    }
    const owned = await askBus(env, 'NameHasOwner', SERVICE);
    if (owned === null) {
      const fix = 'Install gdbus (libglib2.0-bin) or dbus-send (dbus) and run this again.';
      return { state: 'partly', detail: 'the session bus can not be asked from here', fix };
    }
    if (/\btrue\b/.test(owned))
      return { state: 'works', detail: `secret service on the session bus; ${KEPT}`, fix: null };
    const startable = (await askBus(env, 'ListActivatableNames')) ?? '';
    if (startable.includes(SERVICE))
      return { state: 'works', detail: `secret service, started when needed; ${KEPT}`, fix: null };
    const fix = 'Install a keyring: sudo apt-get install gnome-keyring (or kwalletmanager), then log in again.';
    return { state: 'missing', detail: `no secret service on the session bus; ${BESIDE}`, fix };
  };

/** Asks the bus itself, by whichever tool is there. Null when neither can. */
async function askBus(env: NodeJS.ProcessEnv, method: string, name?: string): Promise<string | null> {
  const bus = 'org.freedesktop.DBus';
  const path = '/org/freedesktop/DBus';
  const gdbus = ['call', '--session', '--dest', bus, '--object-path', path, '--method', `${bus}.${method}`];
  const first = await askProgram('gdbus', name === undefined ? gdbus : [...gdbus, name], env);
  if (first.code === 0) return first.stdout;
  const send = ['--session', '--print-reply', `--dest=${bus}`, path, `${bus}.${method}`];
  const second = await askProgram('dbus-send', name === undefined ? send : [...send, `string:${name}`], env);
  return second.code === 0 ? second.stdout : null;
}
