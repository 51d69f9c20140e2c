// Enters: KWin's word that another window is active, by a script that it runs for us. Leaves: focus events with the name of the
// application. KWin tells nobody of windows but its scripts, and those reach the world by D-Bus calls alone.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus, type Bus, type BusTarget } from '../../../dbus.ts';
import { messageOf } from '../../thrown.ts';
import { applicationName } from '../application-name.ts';
import type { Collector, CollectorSink } from '../collector.ts';
import { UnavailableError, type Unavailable } from '../unavailable.ts';
import { FOCUSED, kwinScript, LISTENER, SCRIPT_NAME } from './kwin-script.ts';

const KWIN = 'org.kde.KWin';
const SCRIPTING: BusTarget = { name: KWIN, path: '/Scripting', interface: 'org.kde.kwin.Scripting' };
const GONE: Unavailable = { ok: false, reason: 'KWin has gone', fix: 'Log in again and start SecLyzer there.' };

export function kwinFocus(env: NodeJS.ProcessEnv, nowUs: () => number = () => Date.now() * 1000): Collector {
  let following: { readonly stop: () => Promise<void> } | null = null;
  return {
    name: 'application focus',
    modalities: ['app'],
    available: async () => {
      try {
        const bus = await connectBus('session', env);
        const here = await bus.hasOwner(KWIN).finally(() => bus.close());
        return here ? { ok: true } : { ...GONE, reason: 'KWin is not on the session bus' };
      } catch (error) {
        return { ...GONE, reason: messageOf(error) };
      }
    },
    start: async (sink) => {
      const bus = await connectBus('session', env).catch((error: unknown) => {
        throw new UnavailableError({ ...GONE, reason: messageOf(error) }, { cause: error });
      });
      try {
        following = await follow(bus, sink, nowUs);
      } catch (error) {
        await bus.close();
        const reason = `KWin does not run the script that tells of the active application: ${messageOf(error)}`;
        throw new UnavailableError({ ok: false, reason, fix: 'Update Plasma to 5.27 or later.' }, { cause: error });
      }
    },
    stop: async () => {
      const ending = following;
      following = null;
      await ending?.stop();
    },
  };
}

async function follow(bus: Bus, sink: CollectorSink, nowUs: () => number) {
  let kwin = '';
  let last = '';
  let stopped = false;
  bus.onCall(LISTENER, FOCUSED, ([given], sender) => {
    // Anybody on the bus could call.
    if (sender !== kwin || typeof given !== 'string') return;
    const name = applicationName(given);
    if (name === '' || name === last) return;
    last = name;
    sink.publish({ type: 'app', ts: nowUs(), app_name: name, event: 'focus' });
  });
  const begin = async (): Promise<void> => {
    kwin = await bus.ownerOf(KWIN);
    await load(bus);
  };
  const changes = { interface: 'org.freedesktop.DBus', member: 'NameOwnerChanged', sender: 'org.freedesktop.DBus' };
  const end = await bus.onSignal({ ...changes, arg0: KWIN }, ({ args: [, , owner] }) => {
    if (!stopped && owner === '') sink.report(GONE);
  });
  bus.onLost(() => {
    if (!stopped) sink.report({ ...GONE, reason: 'the session bus has gone' });
  });
  await begin();
  return {
    stop: async () => {
      stopped = true;
      end();
      await bus.call(SCRIPTING, 'unloadScript', 's', [SCRIPT_NAME]).catch(() => 'KWin is gone, and the script with it');
      await bus.close();
    },
  };
}

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
