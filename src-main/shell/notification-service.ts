// Enters: the session bus of a Linux desktop. Leaves: whether a program there shows notifications, now and after each change.
// Electron's own answer is only whether it could load a library.
import { connectBus, watchReachable, type Bus } from '../dbus.ts';

/** Why notifications can't be shown, and the one thing to do about it. */
export interface Lack {
  readonly reason: string;
  readonly fix: string;
}

const SERVICE = 'org.freedesktop.Notifications';

export const NO_SERVICE: Lack = {
  reason: `No program shows notifications on this desktop (${SERVICE} is not on the session bus).`,
  fix: 'Install one, for example with: sudo apt-get install dunst',
};

/**
 * Follows the service until the program ends; never rejects.
 * @param found told of what is lacking, null for nothing
 */
export async function followNotificationService(
  env: NodeJS.ProcessEnv,
  found: (lack: Lack | null) => void,
  connect: (env: NodeJS.ProcessEnv) => Promise<Bus> = (given) => connectBus('session', given),
): Promise<void> {
  try {
    const bus = await connect(env);
    await watchReachable(bus, SERVICE, (reachable) => found(reachable ? null : NO_SERVICE));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    found({ reason: `They go over the session bus: ${why}.`, fix: 'Start SecLyzer inside your desktop session.' });
  }
}
