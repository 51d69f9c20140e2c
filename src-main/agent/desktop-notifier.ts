// Enters: notifications, where no tray application shows them. Leaves: the same on the desktop, by the service that Linux desktops
// have for it (specifications.freedesktop.org/notification-spec), and the link of the one that was clicked.
import type { Ability, Notification } from '../../src-preload/contract.ts';
import { connectBus, watchReachable, type Bus, type BusTarget } from '../dbus.ts';
import { messageOf } from './thrown.ts';

export interface DesktopNotifierParts {
  readonly env: NodeJS.ProcessEnv;
  /** A notification was clicked. */
  readonly onOpen: (link: string) => void;
  /** Called once at most: why notifications can't be shown, and what to do about it. */
  readonly tell: (text: string) => void;
  /** The ability is another one. */
  readonly changed?: () => void;
  readonly platform?: NodeJS.Platform;
  /** A desktop that is still starting gets this long before it counts as one without notifications. */
  readonly patienceMs?: number;
}

export interface DesktopNotifier {
  readonly ability: () => Ability;
  readonly show: (notification: Notification) => void;
  readonly stop: () => Promise<void>;
}

/** Why notifications can't be shown. */
interface Lack {
  readonly reason: string;
  readonly fix: string;
}

const SERVICE: BusTarget = {
  name: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
};
const PATIENCE_MS = 20_000;
/** Clicks on older ones lead nowhere. */
const MOST_LINKS = 8;
const URGENCY = { low: 0, normal: 1, critical: 2 } as const satisfies Record<Notification['urgency'], number>;
/** Names that every icon theme has (specifications.freedesktop.org/icon-naming-spec). */
const ICON = { low: 'security-high', normal: 'security-medium', critical: 'security-low' } as const;
const DESKTOP_ENTRY = 'io.github.seclyzer.SecLyzer';
/** The service decides how long. */
const DEFAULT_TIMEOUT = -1;

const NOT_HERE: Lack = {
  reason: 'Without the tray application they are shown on Linux alone.',
  fix: 'Use the tray application.',
};
const NO_SERVICE: Lack = {
  reason: 'No program shows notifications on this desktop (org.freedesktop.Notifications is not on the session bus).',
  fix: 'Install one, for example with: sudo apt-get install dunst',
};

/** Never rejects: what is missing is said by `ability`. */
export async function createDesktopNotifier(parts: DesktopNotifierParts): Promise<DesktopNotifier> {
  const { env, onOpen, tell, changed, platform = process.platform, patienceMs = PATIENCE_MS } = parts;
  let lack: Lack | null = platform === 'linux' ? null : NOT_HERE;
  let told = false;
  const found = (now: Lack | null): void => {
    if (now?.reason === lack?.reason) return;
    lack = now;
    changed?.();
  };
  const complain = (): void => {
    if (lack === null || told) return;
    told = true;
    tell(`Notifications can't be shown. ${lack.reason} ${lack.fix}`);
  };
  const service = lack === null ? await openService(env, onOpen, found) : null;
  const show = async (notification: Notification): Promise<void> => {
    try {
      await service?.notify(notification);
      if (service !== null) found(null);
    } catch (error) {
      // The service that is not there says so in worse words.
      if (lack === null) found({ reason: `The desktop refused one: ${messageOf(error)}.`, fix: NO_SERVICE.fix });
    }
    complain();
  };
  const patience = setTimeout(complain, patienceMs);
  patience.unref();
  return {
    ability: () => ({ available: lack === null, reason: lack?.reason ?? null, fix: lack?.fix ?? null }),
    show: (notification) => void show(notification),
    stop: async () => {
      clearTimeout(patience);
      await service?.close();
    },
  };
}

interface Service {
  readonly notify: (notification: Notification) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** @returns null without a session bus */
async function openService(
  env: NodeJS.ProcessEnv,
  onOpen: (link: string) => void,
  found: (lack: Lack | null) => void,
): Promise<Service | null> {
  let bus: Bus | null = null;
  try {
    bus = await connectBus('session', env);
    const links = await followClicks(bus, onOpen);
    await watchReachable(bus, SERVICE.name, (reachable) => found(reachable ? null : NO_SERVICE));
    const { call, close } = bus;
    return {
      notify: async (notification) => {
        const id = await call(SERVICE, 'Notify', 'susssasa{sv}i', notifyArguments(notification));
        if (typeof id === 'number') links.add(id, notification.link);
      },
      close,
    };
  } catch (error) {
    await bus?.close();
    found({
      reason: `They go over the session bus: ${messageOf(error)}.`,
      fix: 'Start SecLyzer inside your desktop session.',
    });
    return null;
  }
}

const notifyArguments = ({ title, body, urgency }: Notification): readonly unknown[] => [
  'SecLyzer',
  0,
  ICON[urgency],
  title,
  body,
  ['default', 'Open'],
  [
    ['urgency', ['y', URGENCY[urgency]]],
    ['desktop-entry', ['s', DESKTOP_ENTRY]],
  ],
  DEFAULT_TIMEOUT,
];

/** The service tells every program of every click, so only those on our own count. */
async function followClicks(
  bus: Bus,
  onOpen: (link: string) => void,
): Promise<{ readonly add: (id: number, link: string) => void }> {
  const links = new Map<unknown, string>();
  const rule = { interface: SERVICE.interface, path: SERVICE.path, sender: SERVICE.name };
  await bus.onSignal({ ...rule, member: 'ActionInvoked' }, ({ args: [id, action] }) => {
    const link = links.get(id);
    if (link !== undefined && action === 'default') onOpen(link);
  });
  await bus.onSignal({ ...rule, member: 'NotificationClosed' }, ({ args: [id] }) => void links.delete(id));
  return {
    add: (id, link) => {
      links.set(id, link);
      for (const [oldest] of links) if (links.size > MOST_LINKS) links.delete(oldest);
    },
  };
}
