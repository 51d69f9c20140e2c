import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { InputEvent } from '../events.ts';
import type { Availability } from './collector.ts';
import { startPace } from './pace.ts';
import { replayCollector } from './replay.ts';

const dir = mkdtempSync(join(tmpdir(), 'seclyzer-replay-'));
after(() => rmSync(dir, { recursive: true }));

function recording(name: string, times: readonly number[]): string {
  const path = join(dir, name);
  writeFileSync(path, times.map((ts) => `{"type":"keystroke","ts":${ts},"key":"a","event":"press"}\n`).join(''));
  return path;
}

async function play(files: readonly string[], speed: number) {
  const events: InputEvent[] = [];
  const refusals: string[] = [];
  const end = Promise.withResolvers<Availability>();
  const collector = replayCollector(files, speed);
  const fromUs = Date.now() * 1000;
  await collector.start({
    publish: (event) => events.push(event),
    report: end.resolve,
    refuse: (reason) => refusals.push(reason),
  });
  const ended = await end.promise;
  await collector.stop();
  return { events, refusals, ended, fromUs };
}

test('events keep their gaps and begin now; files are 2 s apart', async () => {
  const files = [recording('a.jsonl', [5_000_000, 5_040_000, 5_100_000]), recording('b.jsonl', [1_000, 31_000])];
  const { events, ended, fromUs } = await play(files, 100);
  const [first] = events;
  assert.ok(first !== undefined && first.ts >= fromUs && first.ts < fromUs + 5_000_000);
  assert.deepEqual(
    events.map(({ ts }) => ts - first.ts),
    [0, 40_000, 100_000, 2_100_000, 2_130_000],
  );
  assert.ok(!ended.ok);
  assert.equal(ended.reason, 'the recording has ended after 5 events');
});

test('refused lines are counted, a file that fails is reported', async () => {
  const { events, refusals } = await play([recording('c.jsonl', [9, 3, 10])], 1000);
  assert.equal(events.length, 2);
  assert.deepEqual(refusals, ['out of order: earlier than the event before it']);
  const { ended } = await play([join(dir, 'absent.jsonl')], 1);
  assert.ok(!ended.ok);
  assert.match(ended.reason, /there is no such file/);
});

test('available: says which file can not be read', async () => {
  const found = await replayCollector([join(dir, 'absent.jsonl')], 1).available();
  assert.ok(!found.ok);
  assert.match(found.reason, /absent\.jsonl can not be read/);
  assert.equal((await replayCollector([], 1).available()).ok, false);
  assert.equal((await replayCollector([recording('d.jsonl', [1])], 1).available()).ok, true);
});

test('stop ends a replay in the middle of a gap, also twice and before start', async () => {
  const events: InputEvent[] = [];
  const collector = replayCollector([recording('e.jsonl', [0, 3_600_000_000])], 1);
  await collector.stop();
  await collector.start({
    publish: (event) => events.push(event),
    report: () => assert.fail('ended'),
    refuse: () => undefined,
  });
  while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await collector.stop();
  await collector.stop();
  assert.equal(events.length, 1);
});

const LONGER_THAN_A_STEP_MS = 350;

test('a machine that slept does not get the missed hour at once', async () => {
  const press = (ts: number): InputEvent => ({ type: 'keystroke', ts, key: 'a', event: 'press' });
  async function* events() {
    for (let i = 0; i < 7200; i += 1) yield press(i * 500_000); // an hour, two events a second
  }
  let wallMs = 1_000_000;
  const published: InputEvent[] = [];
  const pace = startPace({
    events: events(),
    speed: 1,
    publish: (event) => published.push(event),
    onEnd: () => undefined,
    wallMs: () => wallMs,
  });
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_STEP_MS));
  assert.equal(published.length, 1);
  wallMs += 3_600_000;
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_STEP_MS));
  assert.equal(published.length, 1);
  wallMs += 500;
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_STEP_MS));
  await pace.stop();
  assert.equal(published.length, 2);
});
