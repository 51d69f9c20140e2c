// Leaves: a session bus with a mocked KWin, GNOME Shell or tray on it (python3-dbusmock). The mocked KWin keeps the script that it is
// given and calls back as that script would; the mocked Shell answers as our extension does. Neither is the real one: none runs here.
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus, BusTarget } from '../src-main/dbus.ts';
import { startMockSystem } from './mock-system.ts';
import { endProcess } from './session-bus.ts';

export interface MockShell {
  readonly env: Record<string, string>;
  readonly bus: () => Bus;
  /** Ends the mocked desktop shell, the bus stays. */
  readonly end: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface MockKwin extends MockShell {
  /** Another window is active: as the script that runs would tell it. */
  readonly activate: (resourceClass: string) => Promise<void>;
  /** The text of the script that was loaded last; and whether it is loaded still. */
  readonly script: () => Promise<string>;
  readonly isLoaded: () => Promise<boolean>;
}

export interface MockGnome extends MockShell {
  readonly activate: (application: string) => Promise<void>;
}

const MOCK = 'org.freedesktop.DBus.Mock';
const LIMIT_MS = 10_000;

async function startShell(target: BusTarget): Promise<MockShell> {
  const system = await startMockSystem({ logind: false, screenSaver: null });
  const args = ['-m', 'dbusmock', '--session', target.name, target.path, target.interface];
  const child: ChildProcess = spawn('/usr/bin/python3', args, {
    env: { ...process.env, ...system.env },
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> => {
    await endProcess(child);
    await system.stop();
  };
  const answers = (): Promise<boolean> =>
    system
      .bus()
      .call({ ...target, interface: MOCK }, 'GetCalls')
      .then(
        () => true,
        () => false,
      );
  const limit = performance.now() + LIMIT_MS;
  while (!(await answers())) {
    if (performance.now() > limit) {
      await stop();
      throw new Error(`the mocked ${target.name} was not ready in ${LIMIT_MS / 1000} s`);
    }
    await sleep(50);
  }
  return { env: system.env, bus: system.bus, end: () => endProcess(child), stop };
}

const SCRIPTING: BusTarget = { name: 'org.kde.KWin', path: '/Scripting', interface: 'org.kde.kwin.Scripting' };
/** Where Plasma 6 keeps the third script; Plasma 5 at `/3`. */
const SCRIPT_ID = 3;

export async function startMockKwin(plasma: 5 | 6 = 6): Promise<MockKwin> {
  const shell = await startShell(SCRIPTING);
  const add = (target: BusTarget, ...method: readonly string[]): Promise<unknown> =>
    shell.bus().call({ ...target, interface: MOCK }, 'AddMethod', 'sssss', [target.interface, ...method]);
  const load = `self.loaded = True\nself.script = open(args[0]).read()\nret = ${SCRIPT_ID}`;
  await add(SCRIPTING, 'loadScript', 'ss', 'i', load);
  await add(SCRIPTING, 'unloadScript', 's', 'b', 'ret = getattr(self, "loaded", False)\nself.loaded = False');
  await add(SCRIPTING, 'Script', '', 's', 'ret = self.script');
  await add(SCRIPTING, 'IsLoaded', '', 'b', 'ret = getattr(self, "loaded", False)');
  // What the script of ours does when it is told of a window.
  const call =
    "import re\nto, path, owner, member = re.search(r\"callDBus\\('(.+?)', '(.+?)', '(.+?)', '(.+?)'\", self.script).groups()\n" +
    'self.connection.call_async(to, path, owner, member, "s", [args[0]], None, None)';
  await add(SCRIPTING, 'Activate', 's', '', call);
  const path = plasma === 6 ? `/Scripting/Script${SCRIPT_ID}` : `/${SCRIPT_ID}`;
  const script = { name: SCRIPTING.name, path, interface: 'org.kde.kwin.Script' };
  const objects = { ...SCRIPTING, interface: MOCK };
  await shell.bus().call(objects, 'AddObject', 'ssa{sv}a(ssss)', [path, script.interface, [], [['run', '', '', '']]]);
  const ask = (member: string): Promise<unknown> => shell.bus().call(SCRIPTING, member);
  return {
    ...shell,
    activate: async (name) => void (await shell.bus().call(SCRIPTING, 'Activate', 's', [name])),
    script: async () => String(await ask('Script')),
    isLoaded: async () => (await ask('IsLoaded')) === true,
  };
}

/** @param extension whether ours is installed and turned on */
export async function startMockGnome(target: BusTarget, extension: boolean): Promise<MockGnome> {
  const path = extension ? target.path : '/org/gnome/Shell';
  const shell = await startShell({ ...target, path });
  const mock = { ...target, path, interface: MOCK };
  const set = (name: string): Promise<unknown> =>
    shell.bus().call(mock, 'AddProperty', 'ssv', [target.interface, 'Application', ['s', name]]);
  if (extension) await set('org.gnome.Terminal');
  return {
    ...shell,
    activate: async (name) => {
      const values = [target.interface, 'Focused', 's', [['s', name]]];
      await shell.bus().call(mock, 'EmitSignal', 'sssav', values);
    },
  };
}

const WATCHER = 'org.kde.StatusNotifierWatcher';
const TRAY: BusTarget = { name: WATCHER, path: '/StatusNotifierWatcher', interface: WATCHER };
const ITEM = { path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' };

export interface MockTray extends MockShell {
  /** The unique name of the program whose icon is shown; null while there is none. */
  readonly item: () => Promise<string | null>;
  /** A click on its icon. */
  readonly click: (item: string) => Promise<void>;
}

/** A place for tray icons (StatusNotifier), which is the same under X11 and Wayland: it lives on the bus. */
export async function startMockTray(): Promise<MockTray> {
  const shell = await startShell(TRAY);
  const mock = { ...TRAY, interface: MOCK };
  await shell.bus().call(mock, 'AddProperty', 'ssv', [WATCHER, 'IsStatusNotifierHostRegistered', ['b', true]]);
  const register = [WATCHER, 'RegisterStatusNotifierItem', 's', '', 'self.item = args[0]'];
  await shell.bus().call(mock, 'AddMethod', 'sssss', register);
  await shell.bus().call(mock, 'AddMethod', 'sssss', [WATCHER, 'Item', '', 's', 'ret = getattr(self, "item", "")']);
  return {
    ...shell,
    item: async () => {
      const said = String(await shell.bus().call(TRAY, 'Item'));
      return said === '' ? null : said;
    },
    click: async (item) => void (await shell.bus().call({ name: item, ...ITEM }, 'Activate', 'ii', [640, 10])),
  };
}
