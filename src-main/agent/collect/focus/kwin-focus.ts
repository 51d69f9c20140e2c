// Enters: KWin's word that another window is active, by a script that it runs for us. Leaves: focus events with the name of the
// application. KWin tells nobody of windows but its scripts, and those reach the world by D-Bus calls alone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus, BusTarget } from '../../../dbus.ts';
import { messageOf } from '../../thrown.ts';
import type { Collector } from '../collector.ts';
import type { Unavailable } from '../unavailable.ts';
import { busFocus, type FocusTelling } from './bus-focus.ts';
import { FOCUSED, kwinScript, LISTENER, SCRIPT_NAME } from './kwin-script.ts';

const KWIN = 'org.kde.KWin';
const SCRIPTING: BusTarget = { name: KWIN, path: '/Scripting', interface: 'org.kde.kwin.Scripting' };
const GONE: Unavailable = { ok: false, reason: 'KWin has gone', fix: 'Log in again and start SecLyzer there.' };
const OWNERS = {
  interface: 'org.freedesktop.DBus',
  member: 'NameOwnerChanged',
  sender: 'org.freedesktop.DBus',
} as const;

const TELLING: FocusTelling = {
  whether: async (bus) =>
    (await bus.hasOwner(KWIN)) ? { ok: true } : { ...GONE, reason: 'KWin is not on the session bus' },
  follow: async (bus, focus, gone) => {
    const kwin = await bus.ownerOf(KWIN);
    bus.onCall(LISTENER, FOCUSED, ([given], sender) => {
      // Anybody on the bus could call.
      if (sender === kwin && typeof given === 'string') focus(given);
    });
    const end = await bus.onSignal({ ...OWNERS, arg0: KWIN }, ({ args: [, , owner] }) => {
      if (owner === '') gone(GONE);
    });
    await load(bus);
    return async () => {
      end();
      await bus.call(SCRIPTING, 'unloadScript', 's', [SCRIPT_NAME]).catch(() => 'KWin is gone, and the script with it');
    };
  },
  refused: (error) => ({
    ok: false,
    reason: `KWin does not run the script that tells of the active application: ${messageOf(error)}`,
    fix: 'Update Plasma to 5.27 or later.',
  }),
};

export const kwinFocus = (env: NodeJS.ProcessEnv): Collector => busFocus(TELLING, env);

/** KWin reads the script from a file; it is needed no longer once it runs. */
async function load(bus: Bus): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'seclyzer-kwin-'));
  try {
    const file = join(folder, 'focus.js');
    await writeFile(file, kwinScript(bus.uniqueName()), { mode: 0o600 });
    // What an earlier run of ours left behind, if it was ended by force.
    await bus.call(SCRIPTING, 'unloadScript', 's', [SCRIPT_NAME]);
    const id = Number(await bus.call(SCRIPTING, 'loadScript', 'ss', [file, SCRIPT_NAME]));
    if (!(id >= 0)) throw new Error('it did not load');
    await run(bus, id);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Plasma 6 and 5 keep the script at different places. */
async function run(bus: Bus, id: number): Promise<void> {
  const at = (path: string) => bus.call({ name: KWIN, path, interface: 'org.kde.kwin.Script' }, 'run');
  await at(`/Scripting/Script${id}`).catch(() => at(`/${id}`));
}
