// Whether the desktop keeps secrets: the service that Electron's safeStorage asks on Linux.
import { isReachable } from '../../dbus.ts';
import type { Check } from './capability.ts';
import { withSessionBus } from './session-bus.ts';

const SERVICE = 'org.freedesktop.secrets';
/** What is stored is encrypted either way; the keyring decides where the key lies. */
const KEPT = 'the tray application keeps the key to the data in it';
const BESIDE = 'without one the key to the data lies beside it';

export const keyring =
  (env: NodeJS.ProcessEnv): Check =>
  async () => {
    if (process.platform !== 'linux')
      return { state: 'works', detail: `the keyring of the system; ${KEPT}`, fix: null };
    return await withSessionBus(env, BESIDE, async (bus) => {
      if (await isReachable(bus, SERVICE))
        return { state: 'works', detail: `secret service on the session bus; ${KEPT}`, fix: null };
      const fix = 'Install a keyring: sudo apt-get install gnome-keyring (or kwalletmanager), then log in again.';
      return { state: 'missing', detail: `no secret service on the session bus; ${BESIDE}`, fix };
    });
  };
