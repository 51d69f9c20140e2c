// Enters: the desktop's session bus. Leaves: word whenever a host of tray icons is there, a new one after a restart of the panel
// included, and once word that none has come. Linux alone has one that may be missing.
// An icon that is made before its host is never shown, and one that was shown may be lost with it: autostart races the panel.
import type { Bus, BusTarget } from '../dbus.ts';

export interface TrayHostParts {
  /** Rejects with what is wrong in the words of the dashboard. */
  readonly connect: () => Promise<Bus>;
  /** Without a host for this long there is none. */
  readonly limitMs: number;
  readonly onHost: () => void;
  /** Told once at most; a host may come all the same. */
  readonly onNone: (reason: string) => void;
}

const WATCHER: BusTarget = {
  name: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};

/** A host comes some time after its watcher, and not every watcher tells of it. */
const LOOK_AGAIN_MS = 500;
const LOOKS = 20;

/** Follows the hosts until the program ends. Resolves when it has begun to. */
export async function followTrayHost({ connect, limitMs, onHost, onNone }: TrayHostParts): Promise<void> {
  const late = setTimeout(() => onNone('no StatusNotifier host'), limitMs);
  try {
    await follow(await connect(), () => {
      clearTimeout(late);
      onHost();
    });
  } catch (error) {
    clearTimeout(late);
    onNone(error instanceof Error ? error.message : String(error));
  }
}

async function follow(bus: Bus, onHost: () => void): Promise<void> {
  /** Whether the host that is there now has been told of. */
  let told = false;
  let again: NodeJS.Timeout | undefined;
  const look = async (left: number): Promise<void> => {
    clearTimeout(again);
    const isThere = await hasHost(bus);
    // Another look may have waited for the same answer.
    if (told) return;
    if (isThere) {
      told = true;
      onHost();
    } else if (left > 0) {
      again = setTimeout(() => void look(left - 1), LOOK_AGAIN_MS);
    }
  };
  const lookAnew = (): void => {
    told = false;
    void look(LOOKS);
  };
  const daemon = 'org.freedesktop.DBus';
  await bus.onSignal({ interface: daemon, member: 'NameOwnerChanged', sender: daemon, arg0: WATCHER.name }, lookAnew);
  await bus.onSignal({ interface: WATCHER.interface, member: 'StatusNotifierHostRegistered' }, () => void look(0));
  bus.onReconnect(lookAnew);
  await look(LOOKS);
}

async function hasHost(bus: Bus): Promise<boolean> {
  try {
    const hasWatcher = await bus.hasOwner(WATCHER.name);
    return hasWatcher && (await bus.property(WATCHER, 'IsStatusNotifierHostRegistered')) === true;
  } catch {
    // The panel went between the two questions, or it is no watcher worth the name: either way there is none now.
    return false;
  }
}
