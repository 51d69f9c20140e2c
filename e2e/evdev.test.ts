// The kernel's input devices at the pace of the fastest there are, through named pipes in place of /dev/input (a kernel without uinput can
// make no others); and, where /dev/uinput is, a keyboard and a mouse that python3-evdev makes. Runs with Node's test runner.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { evdevKeyboard, evdevMouse } from '../src-main/agent/collect/evdev/evdev-collectors.ts';
import { createEvdevInput } from '../src-main/agent/collect/evdev/evdev-input.ts';
import { fakeInput } from '../src-main/agent/collect/evdev/evdev.fixture.ts';
import type { InputEvent } from '../src-main/agent/events.ts';
import { keepFigures } from './figures.ts';

const WRITER = join(import.meta.dirname, 'evdev-writer.ts');
/** After which the program's own code is compiled, which is done once. */
const WARM_MS = 2000;
const SECONDS = 3;
const alone = { isOurs: () => true, unknown: null, stop: () => Promise.resolve() };
const noPipes = process.platform === 'linux' && existsSync('/usr/bin/mkfifo') ? false : 'needs Linux and mkfifo';

async function cpuPercentOf(work: () => Promise<unknown>): Promise<number> {
  const [cpu, ms] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 10 / (performance.now() - ms);
}

test('1,000 keys and 8,000 movements a second, none lost', { skip: noPipes }, async (t) => {
  const fake = fakeInput();
  fake.plug('event3', 'keyboard');
  fake.plug('event5', 'mouse');
  const input = createEvdevInput({ places: fake.places, seat: async () => alone });
  const collectors = [evdevKeyboard(input), evdevMouse(input)];
  const seen = { press: 0, release: 0, move: 0, last: [0, 0] };
  const sink = {
    publish: (event: InputEvent): void => {
      if (event.type === 'keystroke') seen[event.event] += 1;
      if (event.type === 'mouse' && event.event === 'move') {
        seen.move += 1;
        seen.last = [event.x, event.y];
      }
    },
    report: () => assert.fail('nothing changes'),
    refuse: (reason: string) => assert.fail(reason),
  };
  for (const collector of collectors) await collector.start(sink);
  t.after(async () => {
    for (const collector of collectors) await collector.stop();
    fake.remove();
  });
  const pipes = ['event3', 'event5'].map((node) => join(fake.places.devices, node));
  const writer = spawn(process.execPath, [WRITER, ...pipes], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => writer.kill('SIGKILL'));
  await sleep(WARM_MS);
  const percent = await cpuPercentOf(() => sleep(1000 * SECONDS));
  writer.kill();
  const [said] = (await once(writer.stdout, 'data')) as [Buffer];
  const sent = JSON.parse(said.toString()) as { readonly keys: number; readonly moves: number; readonly waits: number };
  await sleep(50);
  assert.ok(sent.keys > 1000 && sent.moves > 8000, JSON.stringify(sent));
  assert.deepEqual([seen.press, seen.release, seen.move], [sent.keys, sent.keys, sent.moves]);
  assert.deepEqual(seen.last, [sent.moves, -sent.moves], 'the path that was gone');
  // A figure, and no bound: what else this machine does makes it dearer.
  const figures = { ...sent, seconds: WARM_MS / 1000 + SECONDS, corePercent: Number(percent.toFixed(2)) };
  t.diagnostic(JSON.stringify(figures));
  keepFigures('evdev', figures);
});

const noUinput = ((): string | false => {
  try {
    accessSync('/dev/uinput', constants.W_OK);
    return existsSync('/usr/lib/python3/dist-packages/evdev') ? false : 'needs python3-evdev';
  } catch {
    return 'this kernel has no /dev/uinput, or not for this user';
  }
})();

/** Types `a`, moves by 5 and -3, clicks; then the device goes. */
const DEVICE = `
import time
from evdev import UInput, ecodes as e
keys = list(range(1, 120)) + [e.BTN_LEFT, e.BTN_RIGHT]
with UInput({e.EV_KEY: keys, e.EV_REL: [e.REL_X, e.REL_Y, e.REL_WHEEL]}, name='seclyzer test device') as ui:
    time.sleep(1)
    for value in (1, 0):
        ui.write(e.EV_KEY, e.KEY_A, value); ui.syn(); time.sleep(0.05)
    ui.write(e.EV_REL, e.REL_X, 5); ui.write(e.EV_REL, e.REL_Y, -3); ui.syn(); time.sleep(0.05)
    ui.write(e.EV_KEY, e.BTN_LEFT, 1); ui.syn(); time.sleep(0.05)
    ui.write(e.EV_KEY, e.BTN_LEFT, 0); ui.syn(); time.sleep(0.5)
`;

test('a keyboard and a mouse of uinput, with the kernel itself between', { skip: noUinput }, async (t) => {
  const child = spawn('/usr/bin/python3', ['-c', DEVICE], { stdio: 'ignore' });
  t.after(() => child.kill());
  await sleep(500);
  const input = createEvdevInput({ seat: async () => alone });
  const events: InputEvent[] = [];
  const findings: string[] = [];
  const sink = {
    publish: (event: InputEvent) => void events.push(event),
    report: () => undefined,
    refuse: () => undefined,
    suspect: ({ evidence }: { readonly evidence: string }) => void findings.push(evidence),
  };
  const collectors = [evdevKeyboard(input), evdevMouse(input)];
  for (const collector of collectors) await collector.start(sink);
  await sleep(1500);
  for (const collector of collectors) await collector.stop();
  assert.deepEqual(
    events.map((event) =>
      'key' in event ? `${event.key} ${event.event}` : 'x' in event ? `${event.event} ${event.x} ${event.y}` : '',
    ),
    ['a press', 'a release', 'move 5 -3', 'press 5 -3', 'release 5 -3'],
  );
  assert.ok(events.every(({ ts }) => Math.abs(ts / 1000 - Date.now()) < 5000));
  assert.match(findings[0] ?? '', /seclyzer test device/);
});
