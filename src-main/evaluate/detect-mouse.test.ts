import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { loadMousePrior, mousePriorOf } from '../agent/learn/mouse-prior.ts';
import { createRandom } from '../agent/learn/random.ts';
import { mouseDetector } from './detect-mouse.ts';
import { mousePriorFrom } from './mouse-prior-build.ts';
import { mouseActivityOf } from './mouse-windows.ts';
import type { Person } from './protocol.ts';

const START_US = 1_704_704_400_000_000;

/** Straight reaches; people differ in their speed, their rests and the length of their clicks. */
function recording(person: number, seconds: number, seed: number): InputEvent[] {
  const habits = createRandom(person);
  const [frames, restMs, holdMs] = [14 + habits.int(26), 200 + habits.int(400), 60 + habits.int(120)];
  const random = createRandom(1000 * person + seed);
  const events: InputEvent[] = [];
  let [ms, x, y] = [0, 400, 400];
  const add = (event: 'move' | 'press' | 'release'): void => {
    const place = { type: 'mouse', ts: START_US + Math.round(1000 * ms), x: Math.round(x), y: Math.round(y) } as const;
    events.push(event === 'move' ? { ...place, event } : { ...place, event, button: 'Left' });
  };
  while (ms < seconds * 1000) {
    const [toX, toY, fromX, fromY] = [100 + random.int(1000), 100 + random.int(700), x, y];
    const steps = Math.max(8, Math.round(frames * (1 + 0.15 * random.normal())));
    for (let i = 0; i <= steps; i += 1) {
      const s = i / steps;
      const along = s * s * (3 - 2 * s);
      ms += 16;
      [x, y] = [fromX + (toX - fromX) * along + random.normal(), fromY + (toY - fromY) * along + random.normal()];
      add('move');
    }
    ms += 90 + 20 * random.uniform();
    add('press');
    ms += holdMs * (1 + 0.1 * random.normal());
    add('release');
    ms += restMs * (0.7 + 0.6 * random.uniform());
  }
  return events;
}

const crowd = (from: number, to: number): Person[] =>
  Array.from({ length: to - from }, (_, i) => ({
    id: `p${from + i}`,
    enrol: [recording(from + i, 130, 1)],
    genuine: [recording(from + i, 65, 2)],
  }));

test('windows of activity: length, step, and no time for what is away', () => {
  const events = recording(3, 60, 1);
  const { windows, activeS } = mouseActivityOf([events], 15, 5);
  assert.ok(activeS > 58 && activeS < 63, `${activeS}`);
  assert.equal(windows.length, Math.floor((activeS - 15) / 5) + 1);
  const paused = events.map((event, i) => (i < events.length / 2 ? event : { ...event, ts: event.ts + 600_000_000 }));
  assert.ok(Math.abs(mouseActivityOf([paused], 15, 5).activeS - activeS) <= 1, 'ten minutes away count for one second');
  assert.deepEqual(mouseActivityOf([events.slice(0, 20)], 15, 5).windows, []);
});

test('a prior of invented people tells other invented people apart', async () => {
  const file = mousePriorFrom(crowd(1, 25), [{ name: 'invented', citation: 'none', licence: 'none' }]);
  assert.deepEqual(
    file.windows.map(({ seconds }) => seconds),
    [15, 30],
  );
  const detector = mouseDetector(mousePriorOf(file));
  const scored = crowd(30, 40);
  const own: number[] = [];
  const others: number[] = [];
  for (const owner of scored) {
    const { score } = await detector.enrol(owner.enrol, []);
    for (const person of scored) {
      const events = (person.genuine[0] ?? []).filter(({ ts }) => ts < START_US + 15_000_000);
      const llr = score(detector.prepare({ pieces: [events], size: 15 }));
      assert.ok(llr !== null && Number.isFinite(llr));
      (person === owner ? own : others).push(llr);
    }
  }
  const beaten = own.map((x) => others.filter((y) => y < x).length / others.length);
  assert.ok(beaten.reduce((sum, x) => sum + x, 0) / own.length > 0.9, 'chance would be 0.5');
});

test('too little to say anything: null, for a window as for an enrolment', async () => {
  const detector = mouseDetector(mousePriorOf(mousePriorFrom(crowd(1, 13), [])));
  const { score } = await detector.enrol([recording(1, 130, 1)], []);
  assert.equal(score(detector.prepare({ pieces: [recording(1, 130, 1).slice(0, 5)], size: 15 })), null);
  const short = await detector.enrol([recording(1, 12, 1)], []);
  assert.equal(short.score(detector.prepare({ pieces: [recording(1, 15, 2)], size: 15 })), null);
  assert.throws(() => mousePriorFrom(crowd(1, 5), []), /needs 10 people, there are 4/);
});

const models = path.resolve(import.meta.dirname, '../../models');

test('the shipped prior is small, names its sources and holds statistics alone', async () => {
  const { file, forSeconds } = await loadMousePrior(models);
  assert.ok((await stat(path.join(models, 'prior-mouse-79.json'))).size <= 60_000);
  assert.ok(file.people >= 59 && file.sources.every(({ licence }) => licence.length > 0));
  for (const [asked, taken] of [
    [5, 15],
    [15, 15],
    [20, 15],
    [25, 30],
    [60, 30],
  ] as const) {
    assert.equal(forSeconds(asked).seconds, taken);
  }
  for (const { between } of file.windows) {
    assert.ok(between.every((b, i) => b > 0 && b <= (between[i - 1] ?? Number.POSITIVE_INFINITY)));
  }
});

test('a malformed prior is refused by name', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'seclyzer-mouse-prior-'));
  const whole = JSON.parse(await readFile(path.join(models, 'prior-mouse-79.json'), 'utf8'));
  const write = (value: unknown): Promise<void> =>
    writeFile(path.join(folder, 'prior-mouse-79.json'), JSON.stringify(value));
  for (const wrong of [
    { ...whole, table: 'mouse-38/1' },
    { ...whole, windows: [] },
    { ...whole, people: 'many' },
  ]) {
    await write(wrong);
    await assert.rejects(loadMousePrior(folder), /prior-mouse-79\.json is malformed/);
  }
  const [first] = whole.windows;
  await write({ ...whole, windows: [{ ...first, between: first.between.slice(1) }] });
  await assert.rejects(loadMousePrior(folder), /as many variances as directions/);
  await rm(folder, { recursive: true });
});
