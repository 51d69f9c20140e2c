// Whether the desktop keeps secrets (the service that Electron's safeStorage asks on Linux), whether it answers without a question, and
// where the key to the data lies.
import { dataKeyAtHand } from '../../agent/store/data-key.ts';
import { keyringState, type KeyringState } from '../../secret-service.ts';
import type { Check } from './capability.ts';
import { withSessionBus } from './session-bus.ts';

type Finding = Awaited<ReturnType<Check>>;
export type KeyPlace = 'keyring' | 'file' | 'none';

/** What is stored is encrypted either way; the keyring decides where the key lies. */
const BESIDE = 'without one the key to the data lies beside it';
const BUT_THERE = 'the key to the data lies in a keyring';
const START_THERE =
  'Start SecLyzer in the desktop that it was first started in, with its keyring. If that is gone for good, so is the data.';

export const keyring =
  (env: NodeJS.ProcessEnv, dataDir: string): Check =>
  async () => {
    const place = placeOf(dataDir);
    if (process.platform !== 'linux') return found('open', place, 'the keyring of the system');
    return await withSessionBus(env, place === 'keyring' ? BUT_THERE : BESIDE, async (bus) =>
      found(await keyringState(bus), place, 'secret service on the session bus'),
    );
  };

function placeOf(dataDir: string): KeyPlace {
  const key = dataKeyAtHand(dataDir);
  if (typeof key !== 'string') return 'file';
  return key === 'in-keyring' ? 'keyring' : 'none';
}

/** Pure. */
export function found(state: KeyringState, place: KeyPlace, what: string): Finding {
  if (state === 'none')
    return {
      state: 'missing',
      detail: `no secret service on the session bus; ${place === 'keyring' ? BUT_THERE : BESIDE}`,
      fix:
        place === 'keyring'
          ? START_THERE
          : 'Install a keyring: sudo apt-get install gnome-keyring (or kwalletmanager), then log in again.',
    };
  const asks = {
    asleep: ', not running; it may ask for its password',
    unmade: ', with no keyring in it yet; it asks for a password of a new one',
    locked: ', locked; it asks for its password',
    open: '',
  }[state];
  if (place === 'file')
    return {
      state: 'partly',
      detail: `${what}${asks}; the key to the data still lies beside it`,
      fix: 'Start the tray application while the keyring is open: it moves the key into it, unless SecLyzer is installed as a service.',
    };
  const kept =
    place === 'keyring' ? 'the key to the data lies in it' : 'the tray application keeps the key to the data in it';
  return { state: state === 'open' ? 'works' : 'partly', detail: `${what}${asks}; ${kept}`, fix: null };
}
