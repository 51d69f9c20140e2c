// What real input can suffer: no display, a wrong one, no window manager, a blind hook, an X server that dies.
// Runs with Node's test runner.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Availability } from '../src-main/agent/collect/collector.ts';
import { liveCollectors } from '../src-main/agent/collect/index.ts';
import { createInputHook } from '../src-main/agent/collect/input-hook.ts';
import { NATIVE, type NativeEvent, type NativeHook } from '../src-main/agent/collect/native-hook.ts';
import { record, xdotool } from './live-input.ts';
import { missingForX, startXSession } from './x-session.ts';

const skip = missingForX() ?? false;

test('without a window manager focus is unavailable, with the reason', { skip }, async () => {
  const bare = await startXSession({ windowManager: false });
  try {
    const app = liveCollectors({ DISPLAY: bare.display }).find(({ modalities }) => modalities.includes('app'));
    assert.ok(app !== undefined);
    const found = await app.available();
    assert.ok(!found.ok);
    assert.match(found.reason, /no window manager/);
    await assert.rejects(record([app]), /no window manager/);
  } finally {
    await bare.stop();
  }
});

test('a hook that delivers nothing while the pointer moves is reported blind, and recovers', { skip }, async (t) => {
  const session = await startXSession();
  t.after(session.stop);
  const listeners = new Set<(event: NativeEvent) => void>();
  // A native hook that starts and stays silent, as uiohook does on the wrong display.
  const native: NativeHook = {
    on: (_event, listener) => listeners.add(listener),
    off: (_event, listener) => listeners.delete(listener),
    start: () => undefined,
    stop: () => undefined,
  };
  const hook = createInputHook({ env: { DISPLAY: session.display }, load: async () => native, watchEveryMs: 100 });
  const reports: Availability[] = [];
  const stop = await hook.listen({ input: () => undefined, report: (availability) => reports.push(availability) });
  await sleep(900);
  await xdotool('mousemove 400 400\nsleep 0.7\nmousemove 500 420', session.display);
  await sleep(1500);
  const [blind, ...more] = reports;
  assert.ok(blind !== undefined && !blind.ok);
  assert.match(blind.reason, /^the input hook is blind/);
  assert.deepEqual(more, [], 'told once');
  for (const tell of listeners) tell({ type: NATIVE.keyDown, time: 1, keycode: 30 });
  assert.deepEqual(reports.at(-1), { ok: true, through: 'uiohook' });
  await stop();
  assert.equal(listeners.size, 0);
});

/** A process of its own that listens until it is told otherwise; it prints what its collectors report. */
function listener(display: string | null, which: string, driver = 'auto'): ChildProcess {
  const { DISPLAY: _, ...rest } = process.env;
  const code = `
    import { liveCollectors } from './src-main/agent/collect/index.ts';
    const sink = (name) => ({ publish: () => {}, refuse: () => {}, report: (a) => console.log(name + ': ' + a.reason) });
    for (const collector of liveCollectors(process.env, { driver: '${driver}' }).filter(({ name }) => name.includes('${which}'))) {
      const found = await collector.available();
      if (found.ok) await collector.start(sink(collector.name)); else console.log(collector.name + ': ' + found.reason);
    }
    console.log('listening');
    setTimeout(() => {}, 3000);`;
  const env = display === null ? rest : { ...rest, DISPLAY: display };
  const cwd = new URL('..', import.meta.url);
  return spawn(process.execPath, ['--input-type=module', '-e', code], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function outputOf(
  child: ChildProcess,
  whenListening: () => Promise<void> = async () => undefined,
): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (chunk.toString().includes('listening')) void whenListening();
  });
  const [code, signal] = await once(child, 'close');
  return `${text}exit ${code ?? signal}`;
}

test('no DISPLAY and a wrong one: said in words, and the process lives', { skip }, async () => {
  const none = await outputOf(listener(null, ''));
  assert.match(
    none,
    /^keyboard: no X display\nmouse: no X display\napplication focus: no X display\nlistening\nexit 0$/,
  );
  const wrong = await outputOf(listener(':65533', ''));
  assert.match(wrong, /keyboard: no X display: no X server on :65533/);
  assert.match(wrong, /listening\nexit 0$/);
});

test('the X server dies: all say so and live; the native hook takes the process down', { skip }, async () => {
  const first = await startXSession();
  const all = await outputOf(listener(first.display, ''), first.crash);
  await first.stop();
  for (const name of ['keyboard', 'mouse', 'application focus'])
    assert.match(all, new RegExp(`^${name}: no X display: the X server has gone$`, 'm'));
  assert.match(all, /exit 0$/);

  const second = await startXSession();
  const keyboard = await outputOf(listener(second.display, 'keyboard', 'uiohook'), second.crash);
  await second.stop();
  // libX11 calls exit(1) in a thread of its own, which at times crashes on the way out. The host has to notice either way.
  assert.match(keyboard, /listening\n(?:keyboard: no X display: the X server has gone\n)?exit (?:1|SIGSEGV|SIGABRT)$/);
});
