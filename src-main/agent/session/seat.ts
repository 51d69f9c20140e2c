// Whether the user of this process sits at the machine. In: the system bus. Out: logind's `Active` of our session, followed.
// Devices that are open stay readable when somebody else's session comes to the front (Ctrl+Alt+F3, "switch user"); what is typed then
// is theirs. X and Wayland servers are cut off from their devices by logind; whoever reads /dev/input has to look away by himself.
import { connectBus, type Bus } from '../../dbus.ts';
import { messageOf } from '../thrown.ts';
import { findSession, SESSION_CHANGES, type SessionClues } from './find-session.ts';

export interface Seat {
  /** Where logind can't be asked, as far as anybody knows. */
  readonly isOurs: () => boolean;
  /** Why it can't be told whose input it is; null where it can. */
  readonly unknown: string | null;
  readonly stop: () => Promise<void>;
}

/** Never rejects. */
export async function watchSeat(env: NodeJS.ProcessEnv): Promise<Seat> {
  let bus: Bus | null = null;
  try {
    bus = await connectBus('system', env);
    return await watchOn(bus, { pid: process.pid, id: env['XDG_SESSION_ID'] ?? null, uid: process.getuid?.() ?? null });
  } catch (error) {
    await bus?.close();
    return { isOurs: () => true, unknown: messageOf(error), stop: () => Promise.resolve() };
  }
}

async function watchOn(bus: Bus, clues: SessionClues): Promise<Seat> {
  const session = await findSession(bus, clues);
  let ours = true;
  let asked = 0;
  const ask = async (): Promise<void> => {
    const question = (asked += 1);
    // A bus that does not answer says nothing about who sits there.
    const answer = await bus.property(session, 'Active').catch(() => ours);
    if (question === asked) ours = answer === true;
  };
  const end = await bus.onSignal({ ...SESSION_CHANGES, path: session.path }, ({ args, directed }) => {
    const [, changed] = args;
    if (directed || typeof changed !== 'object' || changed === null || !('Active' in changed)) return;
    asked += 1;
    ours = changed.Active === true;
  });
  bus.onReconnect(() => void ask());
  await ask();
  return {
    isOurs: () => ours,
    unknown: null,
    stop: () => {
      end();
      return bus.close();
    },
  };
}
