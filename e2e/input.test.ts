// Real input: keys and pointer driven by xdotool through a real X server, by either driver. The plans that xdotool is given are the
// expected values. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { liveCollectors } from '../src-main/agent/collect/index.ts';
import { keyChanges, typeText, ada } from '../src-main/agent/collect/synthetic.ts';
import { createRandom } from '../src-main/agent/learn/random.ts';
import { record, xdotool } from './live-input.ts';
import { typeAs } from './typist.ts';
import { enterXSession, missingForX, startXSession, type XSession } from './x-session.ts';

const missing = missingForX();
const skip = missing ?? false;
let session: XSession;

before(async () => {
  if (missing !== null) return;
  session = await startXSession();
  session.stopAtExit();
  enterXSession(session);
});

const DRIVERS = ['xinput', 'uiohook'] as const;
const through = (driver: (typeof DRIVERS)[number]) => liveCollectors(process.env, { driver });
const drive = (script: string): Promise<void> => xdotool(script, session.display);
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

test('all live collectors are available on an X display', { skip }, async () => {
  const found = await Promise.all(liveCollectors().map((collector) => collector.available()));
  assert.deepEqual(found, [{ ok: true, through: 'XInput2' }, { ok: true, through: 'XInput2' }, { ok: true }]);
});

for (const driver of DRIVERS)
  test(`keys arrive with their names and held as long as planned: ${driver}`, { skip }, async () => {
    const plan = typeText({ ...ada, typing: { ...ada.typing, slips: 0 } }, "It's a test, no more.", createRandom(4));
    const names: Readonly<Record<string, string>> = { "'": 'apostrophe', ',': 'comma', '.': 'period' };
    let clockMs = 0;
    const script = keyChanges(plan).map(({ atMs, key, event }) => {
      const waitMs = atMs - clockMs;
      clockMs = atMs;
      return `sleep ${(waitMs / 1000).toFixed(4)}\n${event === 'press' ? 'keydown' : 'keyup'} --delay 0 ${names[key] ?? key}`;
    });
    const { events, stop } = await record(through(driver));
    const beganMs = performance.now();
    await drive(script.join('\n'));
    const lateMs = (performance.now() - beganMs - clockMs) / script.length;
    await stop();
    const keys = events.filter((event) => event.type === 'keystroke');
    assert.deepEqual(
      keys.map(({ key, event }) => `${key} ${event}`),
      keyChanges(plan).map(({ key, event }) => `${key} ${event}`),
    );
    const held = plan.map(({ key, pressMs, releaseMs }, i) => {
      const nth = plan.slice(0, i).filter((other) => other.key === key).length;
      const [press, release] = ['press', 'release'].map(
        (event) => keys.filter((one) => one.key === key && one.event === event)[nth]?.ts ?? NaN,
      );
      return Math.abs(((release ?? NaN) - (press ?? NaN)) / 1000 - (releaseMs - pressMs));
    });
    // xdotool adds about 0.5 ms a command, and sleeps longer than it was told where the machine is busy; single keys may be late.
    assert.ok(median(held) < 5 + lateMs, `median deviation ${median(held)} ms, xdotool ${lateMs} ms late at each key`);
    const nowUs = Date.now() * 1000;
    for (const { ts } of keys) assert.ok(ts < nowUs + 1e6 && ts > nowUs - 60e6, 'times are those of the wall clock');
  });

for (const driver of DRIVERS)
  test(`a held key is one press, whatever the repeat rate: ${driver}`, { skip }, async () => {
    const { events, stop } = await record(through(driver));
    await drive('keydown a\nsleep 1.2\nkeyup a');
    await stop();
    const keys = events.filter((event) => event.type === 'keystroke');
    assert.deepEqual(
      keys.map(({ key, event }) => `${key} ${event}`),
      ['a press', 'a release'],
    );
    const [press, release] = keys;
    assert.ok(press !== undefined && release !== undefined);
    assert.ok(release.ts - press.ts > 1_150_000, `${release.ts - press.ts} us`);
  });

for (const driver of DRIVERS)
  test(`the mouse: positions, the three buttons, the wheel: ${driver}`, { skip }, async () => {
    await drive('mousemove 300 300');
    const { events, stop } = await record(through(driver));
    await drive(
      'mousemove_relative 10 5\nmousemove_relative 10 5\nclick 1\nclick 2\nclick 3\nclick 4\nclick 5\nclick 6\nclick 8',
    );
    await stop();
    const mouse = events.filter((event) => event.type === 'mouse');
    const at = { x: 320, y: 310 };
    assert.deepEqual(
      mouse.map(({ type: _type, ts: _ts, ...rest }) => rest),
      [
        { x: 310, y: 305, event: 'move' },
        { ...at, event: 'move' },
        ...(['Left', 'Middle', 'Right'] as const).flatMap((button) => [
          { ...at, event: 'press', button },
          { ...at, event: 'release', button },
        ]),
        { ...at, event: 'scroll', scroll_delta: 1 },
        { ...at, event: 'scroll', scroll_delta: -1 },
      ],
    );
  });

async function windowOf(display: string, className: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const child = spawn('xdotool', ['search', '--onlyvisible', '--class', className], {
      env: { ...process.env, DISPLAY: display },
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    if (text.trim() !== '') return text.trim().split('\n').at(-1) ?? '';
    await sleep(50);
  }
  throw new Error(`no window of ${className} appeared`);
}

test('focus: names of applications, each change once, no titles', { skip }, async (t) => {
  const { display } = session;
  const env = { ...process.env, DISPLAY: display };
  const title = 'a secret title';
  const calculator: ChildProcess = spawn('xcalc', ['-title', title], { stdio: 'ignore', env });
  t.after(() => calculator.kill());
  const xcalc = await windowOf(display, 'XCalc');
  const editor: ChildProcess = spawn('xedit', ['-title', title], { stdio: 'ignore', env });
  t.after(() => editor.kill());
  const xedit = await windowOf(display, 'Xedit');
  await drive(`windowactivate --sync ${xcalc}`);

  const { events, stop } = await record();
  await sleep(200);
  for (const id of [xedit, xcalc, xcalc, xedit]) await drive(`windowactivate --sync ${id}`);
  const exit = once(editor, 'exit');
  editor.kill();
  await exit;
  await sleep(400);
  await stop();
  const names = events.filter((event) => event.type === 'app').map(({ app_name }) => app_name);
  assert.deepEqual(names.slice(0, 4), ['xcalc', 'xedit', 'xcalc', 'xedit']);
  assert.equal(names.length, 5, 'the focus goes on when a window closes');
  assert.ok(!JSON.stringify(events).includes('secret'));
});

test('collectors can be stopped twice, before start, and started again', { skip }, async () => {
  const collectors = liveCollectors();
  for (const collector of collectors) await collector.stop();
  for (let round = 0; round < 3; round += 1) {
    const { events, stop } = await record(collectors);
    await drive('key b');
    await stop();
    await stop();
    assert.equal(events.filter((event) => event.type === 'keystroke').length, 2, `round ${round}`);
  }
});

test('a synthetic typist at the real keyboard', { skip }, async () => {
  const { events, stop } = await record();
  const typed = await typeAs(ada, { display: session.display, keystrokes: 40, seed: 9 });
  await sleep(300);
  await stop();
  const presses = events.filter((event) => event.type === 'keystroke' && event.event === 'press');
  const releases = events.filter((event) => event.type === 'keystroke' && event.event === 'release');
  assert.equal(typed.keystrokes, 40);
  assert.equal(presses.length, 40);
  assert.equal(releases.length, 40, 'nothing stays pressed');
});
