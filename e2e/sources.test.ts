// Sources that fail alone, on a real X server: one that goes and comes back, a hook that has gone blind, a native hook that ends
// the process again and again. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Availability } from '../src-main/agent/collect/collector.ts';
import { appCollector } from '../src-main/agent/collect/app.ts';
import { createInputHook } from '../src-main/agent/collect/input-hook.ts';
import { keyboardCollector } from '../src-main/agent/collect/keyboard.ts';
import type { Alarm } from '../src-main/agent/collect/keep-running.ts';
import { mouseCollector } from '../src-main/agent/collect/mouse.ts';
import { NATIVE, type NativeEvent, type NativeHook } from '../src-main/agent/collect/native-hook.ts';
import { xinputKeyboard, xinputMouse } from '../src-main/agent/collect/xinput/xinput-collectors.ts';
import { createXInput } from '../src-main/agent/collect/xinput/xinput-input.ts';
import type { InputEvent } from '../src-main/agent/events.ts';
import { startSources, type Sources } from '../src-main/agent/sources.ts';
import { openSender } from '../src-main/evaluate/x-sender.ts';
import { xdotool } from './live-input.ts';
import { missingForX, startXSession } from './x-session.ts';

const skip = missingForX() ?? false;

/** Waits a fiftieth of what is asked for: 5 s become 100 ms. */
const HASTY: Alarm = {
  nowMs: () => performance.now() * 50,
  after: (ms, ring) => {
    const timer = setTimeout(ring, Math.max(100, ms / 50));
    return () => clearTimeout(timer);
  },
};

async function until(ready: () => boolean, what: string): Promise<void> {
  for (let wait = 0; wait < 200; wait += 1) {
    if (ready()) return;
    await sleep(50);
  }
  assert.fail(`${what} did not come within 10 s`);
}

async function watched(t: TestContext, collectors: Parameters<typeof startSources>[0]) {
  const events: InputEvent[] = [];
  const sources: Sources = await startSources(collectors, {
    wanted: () => true,
    publish: (event) => void events.push(event),
    refuse: () => undefined,
    changed: () => undefined,
    alarm: HASTY,
  });
  t.after(sources.stop);
  return { events, sources };
}

test('an X server that dies and comes back on its display is seen again', { skip }, async (t) => {
  const session = await startXSession({ inputWindow: false });
  const { sources } = await watched(t, [appCollector({ DISPLAY: session.display })]);
  await until(() => sources.missing('app') === null, 'the first window manager');
  await session.crash();
  await until(() => sources.missing('app') !== null, 'word of the dead server');
  assert.match(sources.missing('app')?.reason ?? '', /^no X display/);
  await session.stop();

  const again: ChildProcess[] = [];
  t.after(() => {
    for (const child of again.toReversed()) child.kill();
  });
  const start = (program: string, ...args: readonly string[]): void => {
    const env = { ...process.env, DISPLAY: session.display };
    again.push(spawn(program, args, { env, stdio: 'ignore' }));
  };
  start('Xvfb', session.display, '-nolisten', 'tcp', '-noreset');
  await until(() => /no window manager/.test(sources.missing('app')?.reason ?? ''), 'the new server');
  start('openbox', '--sm-disable');
  await until(() => sources.missing('app') === null, 'the new window manager');
});

test('a hook that has gone blind is started anew, for keyboard and mouse', { skip }, async (t) => {
  const session = await startXSession();
  t.after(session.stop);
  const listeners = new Set<(event: NativeEvent) => void>();
  let starts = 0;
  // Silent the first time, as uiohook on the wrong display; afterwards it hears what the test plays.
  const native: NativeHook = {
    on: (_, listener) => (starts > 0 ? listeners.add(listener) : null),
    off: (_, listener) => listeners.delete(listener),
    start: () => void (starts += 1),
    stop: () => undefined,
  };
  const hook = createInputHook({ env: { DISPLAY: session.display }, load: async () => native, watchEveryMs: 100 });
  const { events, sources } = await watched(t, [keyboardCollector(hook), mouseCollector(hook)]);
  await sleep(700);
  await xdotool('mousemove 400 400\nsleep 0.7\nmousemove 500 420', session.display);
  await until(() => starts === 2, 'a second start');
  await until(() => sources.missing('keystroke') === null && sources.missing('mouse') === null, 'both');
  for (const tell of listeners) {
    tell({ type: NATIVE.keyDown, time: 1, keycode: 30 });
    tell({ type: NATIVE.move, time: 2, x: 1, y: 1, button: 0 });
  }
  assert.deepEqual(
    events.map(({ type }) => type),
    ['keystroke', 'mouse'],
  );
});

test('through XInput2: a server that dies is told, and input is seen again when it is back', { skip }, async (t) => {
  const session = await startXSession({ windowManager: false, inputWindow: false });
  const keyboard = xinputKeyboard(createXInput({ env: { DISPLAY: session.display } }));
  const { events, sources } = await watched(t, [keyboard]);
  await until(() => sources.through('keystroke') === 'XInput2', 'the first server');
  await session.crash();
  await until(() => sources.missing('keystroke') !== null, 'word of the dead server');
  assert.match(sources.missing('keystroke')?.reason ?? '', /^no X display/);
  await session.stop();

  const again = spawn('Xvfb', [session.display, '-nolisten', 'tcp', '-noreset'], { stdio: 'ignore' });
  t.after(() => again.kill());
  await until(() => sources.missing('keystroke') === null, 'the new server');
  await xdotool('key a', session.display);
  assert.deepEqual(
    events.map((event) => (event.type === 'keystroke' ? `${event.key} ${event.event}` : event.type)),
    ['a press', 'a release'],
  );
});

test('menus and screen lockers take the keyboard: XInput2 tells all the same', { skip }, async (t) => {
  const session = await startXSession({ windowManager: false, inputWindow: false });
  t.after(session.stop);
  const locker = await openSender(session.display);
  t.after(locker.close);
  await locker.grab();
  const input = createXInput({ env: { DISPLAY: session.display } });
  const { events, sources } = await watched(t, [xinputKeyboard(input), xinputMouse(input)]);
  await until(() => sources.missing('keystroke') === null && sources.missing('mouse') === null, 'both');
  await xdotool('key a\nmousemove_relative 3 4\nclick 1', session.display);
  assert.deepEqual(
    events.map(({ event }) => event),
    ['press', 'release', 'move', 'press', 'release'],
  );
});

test('where XInput2 would name keys wrongly it is not used, and that is said', { skip }, async (t) => {
  const session = await startXSession({ windowManager: false, inputWindow: false });
  t.after(session.stop);
  const rules = ['-root', '-f', '_XKB_RULES_NAMES', '8s', '-set', '_XKB_RULES_NAMES', 'xfree86'];
  const changed = spawn('xprop', rules, { env: { ...process.env, DISPLAY: session.display }, stdio: 'ignore' });
  assert.deepEqual(await once(changed, 'exit'), [0, null]);
  const auto = await keyboardFound(session.display, 'auto');
  assert.ok(auto.ok);
  assert.equal(auto.through, 'uiohook');
  assert.match(auto.note ?? '', /^Better: the X server does not number its keys as Linux does/);
  assert.equal((await keyboardFound(session.display, 'xinput')).ok, false);
});

/** Asked in a process of its own, for the native hook is loaded with it. */
async function keyboardFound(display: string, driver: string): Promise<Availability> {
  const code = `
    import { liveCollectors } from './src-main/agent/collect/index.ts';
    const [keyboard] = liveCollectors(process.env, { driver: '${driver}' });
    console.log(JSON.stringify(await keyboard.available()));
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    ...{ cwd: new URL('..', import.meta.url), stdio: ['ignore', 'pipe', 'inherit'] },
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DISPLAY: display },
  });
  const [line] = (await once(child.stdout ?? assert.fail(), 'data')) as [Buffer];
  return JSON.parse(line.toString()) as Availability;
}

/** An agent's live sources in a process of their own; prints what is missing, and lives until it is told to stop. */
function liveSources(display: string, dataDir: string): ChildProcess {
  const code = `
    import { chooseSource, startSources } from './src-main/agent/sources.ts';
    const { collectors } = chooseSource({ kind: 'live' }, { dataDir: process.argv[1], driver: 'uiohook' });
    const sources = await startSources(collectors, { wanted: () => true, publish() {}, refuse() {}, changed() {} });
    console.log(JSON.stringify(['keystroke', 'mouse', 'app'].map((modality) => sources.missing(modality)?.reason ?? null)));
    process.stdin.on('data', async () => { await sources.stop(); process.exit(0); });`;
  const env: NodeJS.ProcessEnv = { ...process.env, DISPLAY: display };
  delete env['WAYLAND_DISPLAY'];
  const cwd = new URL('..', import.meta.url);
  const args = ['--input-type=module', '-e', code, dataDir];
  return spawn(process.execPath, args, { cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
}

test('a native hook that ended the process twice in a row rests, and focus goes on', { skip }, async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'seclyzer-sources-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const run = async (end: 'the server dies' | 'stopped'): Promise<unknown> => {
    const session = await startXSession({ inputWindow: false });
    const child = liveSources(session.display, dataDir);
    const gone = once(child, 'exit');
    try {
      const [line] = (await once(child.stdout ?? assert.fail(), 'data')) as [Buffer];
      // libX11 ends a process whose server is gone: nothing in JavaScript can keep it alive.
      if (end === 'the server dies') await session.crash();
      else child.stdin?.write('stop\n');
      await gone;
      return JSON.parse(line.toString());
    } finally {
      child.kill('SIGKILL');
      await session.stop();
    }
  };
  assert.deepEqual(await run('the server dies'), [null, null, null]);
  assert.deepEqual(await run('the server dies'), [null, null, null]);
  const resting = 'the agent ended twice in a row within a minute of starting the input hook';
  assert.deepEqual(await run('stopped'), [resting, resting, null]);
});
