// What the desktop does for SecLyzer: a place for the tray icon, notifications, a lock that can be seen and asked for.
import { isReachable } from '../../dbus.ts';
import type { Check } from './capability.ts';
import { withSessionBus } from './session-bus.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_TARGET = { name: WATCHER, path: '/StatusNotifierWatcher', interface: WATCHER };
const NOTIFICATIONS = 'org.freedesktop.Notifications';

export const tray =
  (env: NodeJS.ProcessEnv): Check =>
  async () => {
    if (process.platform !== 'linux') return { state: 'works', detail: 'the tray of the system', fix: null };
    return await withSessionBus(env, 'no panel shows the icon', async (bus) => {
      const hosted = await bus.property(WATCHER_TARGET, 'IsStatusNotifierHostRegistered').catch(() => false);
      if (hosted === true) return { state: 'works', detail: 'a panel shows tray icons', fix: null };
      const detail = 'no panel shows tray icons (StatusNotifier); the window opens instead';
      return { state: 'missing', detail, fix: 'On GNOME install the AppIndicator extension.' };
    });
  };

export const notifications =
  (env: NodeJS.ProcessEnv): Check =>
  async () => {
    if (process.platform !== 'linux') return { state: 'works', detail: 'by the tray application', fix: null };
    return await withSessionBus(env, 'changes of state are seen on the dashboard alone', async (bus) => {
      if (await isReachable(bus, NOTIFICATIONS))
        return { state: 'works', detail: 'shown by the desktop when trust drops', fix: null };
      const fix = 'Install a program that shows them, for example: sudo apt-get install dunst';
      return { state: 'missing', detail: 'no program shows notifications on the session bus', fix };
    });
  };

/** Seeing the screen unlocked is what restores trust, with the lock turned on or not. */
export const screenLock =
  (env: NodeJS.ProcessEnv): Check =>
  async () => {
    const { watchSession } = await import('../../agent/session/watch-session.ts');
    const nobody = (): void => undefined;
    const watch = await watchSession({
      ...{ env, pid: process.pid, onEvent: nobody, onChange: nobody },
      ...{ knownLockedHint: false, rememberLockedHint: nobody },
    });
    try {
      const { available, reason, fix } = watch.lockAbility();
      if (available)
        return { state: 'works', detail: 'can be seen and asked for; unlocking restores trust', fix: null };
      return { state: 'missing', detail: reason ?? 'unknown reason', fix };
    } finally {
      await watch.stop();
    }
  };
