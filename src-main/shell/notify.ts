// Enters: notifications, as the agent decided them. Leaves: the same on the desktop, and the link of the one that was clicked.
import path from 'node:path';
import { Notification as DesktopNotification, app } from 'electron';
import type { Ability, Notification } from '../../src-preload/contract.ts';
import { createNotificationLack } from './notification-lack.ts';
import { NO_SERVICE, followNotificationService, type Lack } from './notification-service.ts';

export interface NotifierParts {
  /** A notification was clicked. */
  readonly open: (link: string) => void;
  /** Why notifications can't be shown, and what to do about it; null: they can again. */
  readonly tell: (text: string | null) => void;
  /** The ability is another one. */
  readonly changed: (ability: Ability) => void;
}

export interface Notifier {
  readonly ability: () => Ability;
  readonly show: (notification: Notification) => void;
}

/** A desktop that is still starting gets this long before it counts as one without notifications. */
const PATIENCE_MS = 20_000;
/** One that is not kept would be collected, and its click be lost. */
const MOST_KEPT = 8;

/** Those of the tray, whose shapes the user knows. */
const ICON = { low: 'tray-check-4', normal: 'tray-dot-3', critical: 'tray-bar-0' } as const;

const NO_LIBRARY: Lack =
  process.platform === 'linux'
    ? { reason: 'The library that shows them is not installed.', fix: 'sudo apt-get install libnotify4' }
    : { reason: 'This system shows none.', fix: 'Update the system.' };

/** Once `app` is ready. */
export function createNotifier({ open, tell, changed }: NotifierParts): Notifier {
  const kept = new Set<DesktopNotification>();
  const { ability, found, complain } = createNotificationLack({ tell, changed });
  let canShow = true;
  const show = (notification: Notification): void => {
    // Without a service the library would wait for one, and the whole program with it.
    if (!canShow) return complain();
    const desktop = toDesktop(notification);
    desktop.on('click', () => open(notification.link));
    desktop.on('show', () => found({ last: null }));
    desktop.on('failed', (_event, error) => {
      found({ last: { reason: `The desktop refused one: ${error}.`, fix: NO_SERVICE.fix } });
      complain();
    });
    keep(kept, desktop);
    desktop.show();
  };
  const served = (service: Lack | null): void => {
    canShow = service === null;
    found({ service });
  };
  if (!DesktopNotification.isSupported()) served(NO_LIBRARY);
  else if (process.platform === 'linux') void followNotificationService(process.env, served);
  setTimeout(complain, PATIENCE_MS).unref();
  return { ability, show };
}

const toDesktop = ({ title, body, urgency }: Notification): DesktopNotification => {
  const icon = path.join(app.getAppPath(), 'assets', `${ICON[urgency]}@2x.png`);
  return new DesktopNotification({ title, body, urgency, icon });
};

/** Until it is done with, or too many newer ones are kept. */
function keep(kept: Set<DesktopNotification>, desktop: DesktopNotification): void {
  kept.add(desktop);
  const drop = (): void => void kept.delete(desktop);
  desktop.on('click', drop).on('close', drop).on('failed', drop);
  for (const oldest of kept) if (kept.size > MOST_KEPT) kept.delete(oldest);
}
