// Words that stand nowhere else, typed on a real keyboard into a real window that has one of them in its title, with the real program
// watching: what it writes, says and answers, what goes over the bus and what a crash leaves behind holds none of them.
import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { canariesIn, filesIn, unpackedOf, type Written } from '../src-main/agent/privacy/canary-search.fixture.ts';
import { sessionEnvironment, onBus } from './desktop.ts';
import { xdotool } from './live-input.ts';
import { endProcess, startSessionBus } from './session-bus.ts';
import { missingForX, startXSession } from './x-session.ts';

const TYPED = ['quorvexing', 'zemblatitude'];
const TITLES = ['wyvhackle', 'brontavish'];
const CANARIES = [...TYPED, ...TITLES];
const CLI = path.resolve(import.meta.dirname, '../src-main/cli.ts');
const ROUNDS = 14;

const missing =
  missingForX() ??
  (existsSync('/usr/bin/dbus-monitor') && existsSync('/usr/bin/dbus-daemon')
    ? null
    : 'no bus to listen to: sudo apt-get install dbus dbus-bin');

/** Whether a crash leaves a core in the folder of the process. */
const leavesCores = !/^[|/]/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8'));

/** Everything that a process says, as it comes. */
function heard(child: ChildProcess): Buffer[] {
  const said: Buffer[] = [];
  child.stdout?.on('data', (bytes: Buffer) => said.push(bytes));
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes));
  return said;
}

/** What a notification daemon answers, so that notifications are sent: a mock that keeps nothing. */
const MOCK = `
import dbus, dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib
DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName('org.freedesktop.Notifications', bus)
class Daemon(dbus.service.Object):
    @dbus.service.method('org.freedesktop.Notifications', in_signature='susssasa{sv}i', out_signature='u')
    def Notify(self, app, instead, icon, title, body, actions, hints, expires): return 1
    @dbus.service.method('org.freedesktop.Notifications', out_signature='as')
    def GetCapabilities(self): return ['actions', 'body']
    @dbus.service.method('org.freedesktop.Notifications', out_signature='ssss')
    def GetServerInformation(self): return ('mock', 'test', '1', '1.2')
    @dbus.service.method('org.freedesktop.Notifications', in_signature='u')
    def CloseNotification(self, _): pass
Daemon(bus, '/org/freedesktop/Notifications')
print('ready', flush=True)
GLib.MainLoop().run()
`;

test(
  'typed words and titles of windows are in nothing that is written, said, sent or left by a crash',
  { skip: missing ?? false, timeout: 120_000 },
  async (t) => {
    const root = mkdtempSync(path.join(tmpdir(), 'seclyzer-canary-'));
    t.after(() => rmSync(root, { recursive: true, force: true }));
    const [home, data] = [path.join(root, 'home'), path.join(root, 'data')];
    for (const folder of [home, data]) mkdirSync(folder);
    writeFileSync(
      path.join(data, 'settings.json'),
      JSON.stringify({ modalities: { linguistic: true }, api: { enabled: true } }),
    );
    const screen = await startXSession();
    t.after(screen.stop);
    const session = { ...sessionEnvironment(screen.display, home), HOME: home };
    const bus = await startSessionBus(session);
    t.after(bus.stop);
    const env = { ...process.env, ...onBus(session, bus) };
    const mock = spawn('/usr/bin/python3', ['-c', MOCK], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => endProcess(mock));
    await once(mock.stdout, 'data');
    const monitor = spawn('dbus-monitor', ['--address', bus.address], { stdio: ['ignore', 'pipe', 'pipe'] });
    t.after(() => endProcess(monitor));
    const overBus = heard(monitor);

    const run = ['run', '--data', data, '--port', '0', '--json', '--logs', '/dev/null', '--enrol-keystrokes', '200'];
    const words = [process.execPath, CLI, ...run].map((word) => `'${word}'`).join(' ');
    const agent = spawn('sh', ['-c', `ulimit -c unlimited; exec ${words}`], {
      cwd: home,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    t.after(() => endProcess(agent));
    const said = heard(agent);
    const [first] = (await once(agent.stdout, 'data')) as [Buffer];
    const { url, pid } = JSON.parse(first.toString()) as { readonly url: string; readonly pid: number };
    const token = new URL(url).searchParams.get('token') ?? '';
    const ask = async (call: string, arg: unknown = null): Promise<string> => {
      const answer = await fetch(new URL(`/call/${call}`, url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ arg }),
      });
      return answer.text();
    };
    const published = async (): Promise<number> =>
      (JSON.parse(await ask('snapshot')) as { result: { events: { published: number } } }).result.events.published;
    // Nothing is looked at before it is known whether the screen is locked.
    for (let tries = 0; tries < 100 && (await published()) === 0; tries++) await xdotool('key a', screen.display);

    for (let round = 0; round < ROUNDS; round++) {
      const title = TITLES[round % TITLES.length] ?? '';
      const text = `${TYPED.join(' ')} ${(TYPED[round % 2] ?? '').toUpperCase()} and so on. `;
      await xdotool(
        `getactivewindow set_window --name "${title} - editor ${round}"\ntype --delay 15 "${text}"`,
        screen.display,
      );
    }
    await sleep(2500);
    assert.ok((await published()) > ROUNDS * 60, 'the keys were seen');

    const cli = async (...args: string[]): Promise<Written> => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args, '--data', data], {
        env,
        maxBuffer: 64 * 1024 * 1024,
      }).catch((error: unknown) => error as { readonly stdout: string; readonly stderr: string });
      return { where: `seclyzer ${args.join(' ')}`, bytes: Buffer.from(stdout + stderr) };
    };
    const status = await cli('status', '--json');
    const exported = await cli('data', 'export');
    const doctor = await promisify(execFile)(process.execPath, [CLI, 'doctor', '--json'], { env }).catch(
      (error: unknown) => error as { readonly stdout: string; readonly stderr: string },
    );
    const answers: Written[] = [];
    for (const [call, arg] of [
      ['snapshot', null],
      ['audit', { limit: 500 }],
      ['decisions', { limit: 500 }],
      ['learning', null],
      ['keptData', null],
      ['host', null],
    ] as const)
      answers.push({ where: `the call ${call}`, bytes: Buffer.from(await ask(call, arg)) });
    assert.ok(status.bytes.length > 100 && exported.bytes.length > 1000);

    const gone = once(agent, 'exit');
    process.kill(pid, 'SIGABRT');
    await gone;
    await sleep(300);
    const files = filesIn(root);
    if (leavesCores)
      assert.ok(
        files.some(({ where }) => /\/core[^/]*$/.test(where)),
        'it left a core',
      );
    const notified = Buffer.concat(overBus);
    assert.ok(notified.includes('member=Notify'), 'somebody was notified of something');
    const everything = [
      ...[status, exported, ...unpackedOf(exported), ...answers, ...files],
      { where: 'seclyzer doctor', bytes: Buffer.from(doctor.stdout + doctor.stderr) },
      { where: 'what the agent says', bytes: Buffer.concat(said) },
      { where: 'the bus', bytes: notified },
    ];
    assert.deepEqual(canariesIn(CANARIES, everything), []);
    // That it would be found: as a file beside them.
    writeFileSync(path.join(data, 'planted'), `a title: ${TITLES[0]?.toUpperCase()}`);
    assert.equal(canariesIn(CANARIES, filesIn(root)).length, 1);
  },
);
