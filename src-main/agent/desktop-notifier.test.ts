import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { after, before, describe, test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { createDesktopNotifier, type DesktopNotifier } from './desktop-notifier.ts';
import { busConfig } from '../sparing-bus.fixture.ts';

const PROGRAMS = { 'dbus-daemon': 'dbus', dunst: 'dunst', dunstctl: 'dunst', Xvfb: 'xvfb' };
const missing = Object.entries(PROGRAMS).filter(([program]) => !existsSync(`/usr/bin/${program}`));
const skip =
  process.platform !== 'linux'
    ? 'D-Bus is on Linux'
    : missing.length > 0 && `sudo apt-get install ${[...new Set(missing.map(([, name]) => name))].join(' ')}`;

/** A bus that starts no programs by itself. */
const WAIT_MS = 15_000;

async function firstLine(stream: Readable): Promise<string> {
  const [chunk] = (await once(stream, 'data')) as [Buffer];
  return chunk.toString().trim();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

async function until<T>(read: () => Promise<T | null> | T | null, what: string): Promise<T> {
  for (const limit = performance.now() + WAIT_MS; performance.now() < limit;) {
    const value = await read();
    if (value !== null) return value;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`${what} did not come`);
}

/** What was told and opened, and the notifier, which ends with the test. */
async function notifier(t: TestContext, env: NodeJS.ProcessEnv, patienceMs = 60_000) {
  const heard = { told: [] as string[], opened: [] as string[], changes: 0 };
  const made: DesktopNotifier = await createDesktopNotifier({
    env,
    patienceMs,
    onOpen: (link) => heard.opened.push(link),
    tell: (text) => heard.told.push(text),
    changed: () => (heard.changes += 1),
  });
  t.after(made.stop);
  return { ...made, heard };
}

const ALARM = {
  title: 'This may not be you',
  body: 'Typing: hold times 2.4 sd longer than yours.\nTrust 42 of 100.',
  urgency: 'critical',
  link: '#/history?at=1700000000123',
} as const;

test('elsewhere than on Linux: not available, said once', async () => {
  const told: string[] = [];
  const tell = (text: string) => told.push(text);
  const made = await createDesktopNotifier({ env: {}, platform: 'darwin', onOpen: assert.fail, tell });
  assert.equal(made.ability().available, false);
  made.show(ALARM);
  made.show(ALARM);
  await until(() => told[0] ?? null, 'the sentence');
  await made.stop();
  assert.deepEqual(told, [
    "Notifications can't be shown. Without the tray application they are shown on Linux alone. Use the tray application.",
  ]);
});

test('without a session bus: the reason, and what to do', { skip }, async (t) => {
  const { ability, heard } = await notifier(t, { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }, 1);
  assert.equal(ability().available, false);
  assert.match(ability().reason ?? '', /session bus can't be reached/);
  assert.equal(ability().fix, 'Start SecLyzer inside your desktop session.');
  await until(() => heard.told[0] ?? null, 'the sentence, unasked');
});

describe('on a session bus', { skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'seclyzer-notifier-'));
  let env: NodeJS.ProcessEnv = {};
  const children: ChildProcess[] = [];
  before(async () => {
    const config = path.join(folder, 'bus.conf');
    writeFileSync(config, busConfig());
    const bus = spawn('dbus-daemon', ['--config-file', config, '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(bus);
    env = {
      PATH: process.env['PATH'],
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      DBUS_SESSION_BUS_ADDRESS: await firstLine(bus.stdout),
    };
  });
  after(async () => {
    for (const child of children.toReversed()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  });

  test('where nobody shows notifications: said once, by the first that should have been shown', async (t) => {
    const { ability, show, heard } = await notifier(t, env);
    assert.deepEqual(ability(), {
      available: false,
      reason:
        'No program shows notifications on this desktop (org.freedesktop.Notifications is not on the session bus).',
      fix: 'Install one, for example with: sudo apt-get install dunst',
    });
    show(ALARM);
    show(ALARM);
    await until(() => heard.told[0] ?? null, 'the sentence');
    // Both have been refused once this one is.
    await promisify(setTimeout)(50);
    assert.equal(heard.told.length, 1);
    assert.match(heard.told[0] ?? '', /^Notifications can't be shown\. No program shows .* dunst$/);
  });

  test('dunst, started later, draws them; a click leads to the link', async (t) => {
    const { ability, show, heard } = await notifier(t, env);
    assert.equal(ability().available, false);
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    children.push(screen);
    env = { ...env, DISPLAY: `:${await firstLine(screen.stdio[3] as Readable)}` };
    children.push(spawn('dunst', [], { env, stdio: 'ignore' }));
    await until(() => (ability().available ? true : null), 'dunst');
    assert.deepEqual(ability(), { available: true, reason: null, fix: null });
    assert.equal(heard.changes, 2, 'not available, available');

    show({ ...ALARM, title: 'Learning is complete', urgency: 'low', link: '#/other' });
    await until(async () => ((await dunstctl('count', 'displayed')) === '1' ? true : null), 'the first notification');
    await dunstctl('close');
    show(ALARM);
    await until(async () => ((await dunstctl('count', 'displayed')) === '1' ? true : null), 'the notification');
    await dunstctl('action', '0');
    await until(() => heard.opened[0] ?? null, 'the click');
    await dunstctl('close-all');
    const seen = await until(async () => {
      const { data } = JSON.parse(await dunstctl('history')) as { data: Record<string, { data: unknown }>[][] };
      return data[0]?.length === 2 ? data[0] : null;
    }, 'the history');
    // dunst lets a critical one stand (0) and the others go after a time; it does not list the urgency itself.
    const said = ['appname', 'summary', 'body', 'timeout'].map((what) => seen.map((one) => one[what]?.data));
    assert.deepEqual(said, [
      ['SecLyzer', 'SecLyzer'],
      [ALARM.title, 'Learning is complete'],
      [ALARM.body, ALARM.body],
      [0, 10_000_000],
    ]);
    assert.deepEqual(heard.opened, [ALARM.link]);
    assert.deepEqual(heard.told, []);
  });

  async function dunstctl(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)('dunstctl', words, { env });
    return stdout.trim();
  }
});
