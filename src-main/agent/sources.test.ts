import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Modality } from '../../src-preload/contract.ts';
import type { Collector, CollectorSink } from './collect/collector.ts';
import { fakeAlarm } from './collect/fake-alarm.fixture.ts';
import type { InputEvent } from './events.ts';
import { startSources } from './sources.ts';

const OFF = { reason: 'turned off in the settings', fix: 'Turn it on under Settings.' };
const EVENTS: Readonly<Record<InputEvent['type'], InputEvent>> = {
  keystroke: { type: 'keystroke', ts: 1, key: 'a', event: 'press' },
  mouse: { type: 'mouse', ts: 2, x: 1, y: 1, event: 'move' },
  app: { type: 'app', ts: 3, app_name: 'editor', event: 'focus' },
};

/** A collector whose sink the test plays on; `running` while it is started. */
function source(...modalities: readonly Modality[]) {
  let sink: CollectorSink | null = null;
  let fault: string | null = null;
  const collector: Collector = {
    name: modalities.join('+'),
    modalities,
    available: () => Promise.resolve({ ok: true }),
    start: async (given) => {
      if (fault !== null) throw new Error(fault);
      sink = given;
    },
    stop: async () => void (sink = null),
  };
  return {
    collector,
    running: () => sink !== null,
    emit: (type: InputEvent['type']) => sink?.publish(EVENTS[type]),
    report: (reason: string) => sink?.report({ ok: false, reason, fix: 'wait' }),
    breakWith: (reason: string | null) => (fault = reason),
  };
}

async function rig(sources: readonly ReturnType<typeof source>[], wanted: Set<Modality>) {
  const published: string[] = [];
  const alarm = fakeAlarm();
  const started = await startSources(
    sources.map(({ collector }) => collector),
    {
      wanted: (modality) => wanted.has(modality),
      publish: ({ type }) => void published.push(type),
      refuse: assert.fail,
      changed: () => undefined,
      alarm,
    },
  );
  return { ...started, published, pass: alarm.pass };
}

test('what is not wanted is not started, and said to be turned off', async () => {
  const keyboard = source('keystroke');
  const mouse = source('mouse');
  const { missing, stop } = await rig([keyboard, mouse], new Set(['mouse']));
  assert.deepEqual([keyboard.running(), mouse.running()], [false, true]);
  assert.deepEqual(missing('keystroke'), OFF);
  assert.equal(missing('mouse'), null);
  await stop();
  assert.equal(mouse.running(), false);
});

test('what is not wanted for another reason than the settings is said to be so', async () => {
  const saved = { reason: 'there is no room', fix: 'Wait.' };
  const { missing, stop } = await startSources([source('mouse').collector], {
    ...{
      wanted: () => false,
      whyNot: () => saved,
      publish: () => assert.fail(),
      refuse: assert.fail,
      changed: () => undefined,
    },
    alarm: fakeAlarm(),
  });
  assert.deepEqual(missing('mouse'), saved);
  await stop();
});

test('apply starts what is wanted now and stops what is not', async () => {
  const keyboard = source('keystroke');
  const mouse = source('mouse');
  const wanted = new Set<Modality>(['keystroke']);
  const { apply, missing } = await rig([keyboard, mouse], wanted);
  wanted.delete('keystroke');
  wanted.add('mouse');
  await apply();
  assert.deepEqual([keyboard.running(), mouse.running()], [false, true]);
  assert.deepEqual([missing('keystroke'), missing('mouse')], [OFF, null]);
  wanted.add('keystroke');
  await apply();
  assert.deepEqual([keyboard.running(), mouse.running()], [true, true]);
  assert.equal(missing('keystroke'), null);
});

test('of a source with several modalities, no event of an unwanted one passes, from the moment of the change', async () => {
  const all = source('keystroke', 'mouse', 'app');
  const wanted = new Set<Modality>(['keystroke', 'mouse', 'app']);
  const { apply, published } = await rig([all], wanted);
  const emitAll = (): void => {
    for (const modality of ['keystroke', 'mouse', 'app'] as const) all.emit(modality);
  };
  emitAll();
  wanted.delete('keystroke');
  emitAll();
  await apply();
  assert.ok(all.running());
  emitAll();
  assert.deepEqual(published, ['keystroke', 'mouse', 'app', 'mouse', 'app', 'mouse', 'app']);
  wanted.clear();
  await apply();
  assert.equal(all.running(), false);
});

test('one that fails leaves the others alone, says why, and comes back by itself', async () => {
  const keyboard = source('keystroke');
  const mouse = source('mouse');
  keyboard.breakWith('no permission');
  const { missing, published, pass } = await rig([keyboard, mouse], new Set(['keystroke', 'mouse']));
  assert.deepEqual(missing('keystroke'), { reason: 'keystroke: no permission', fix: 'See seclyzer doctor.' });
  assert.equal(missing('mouse'), null);
  mouse.emit('mouse');
  assert.deepEqual(published, ['mouse']);
  keyboard.breakWith(null);
  await pass(5000);
  assert.equal(missing('keystroke'), null);
  mouse.report('the X server has gone');
  assert.deepEqual(missing('mouse'), { reason: 'the X server has gone', fix: 'wait' });
  assert.equal(missing('keystroke'), null);
  await pass(5000);
  assert.equal(missing('mouse'), null);
});

test('what is written comes from the keys: they pass for it alone, and not for it when it is off', async () => {
  const keyboard = source('keystroke', 'linguistic');
  const wanted = new Set<Modality>(['linguistic']);
  const { apply, published, missing } = await rig([keyboard], wanted);
  keyboard.emit('keystroke');
  assert.deepEqual([missing('linguistic'), missing('keystroke')], [null, OFF]);
  wanted.delete('linguistic');
  keyboard.emit('keystroke');
  assert.deepEqual([published, missing('linguistic')], [['keystroke'], OFF]);
  await apply();
  assert.equal(keyboard.running(), false);
});

test('one that never comes to an end of starting does not keep the others', async () => {
  const stuck: Collector = { ...source('keystroke').collector, start: () => new Promise(() => undefined) };
  const mouse = source('mouse');
  const alarm = fakeAlarm();
  const starting = startSources([stuck, mouse.collector], {
    wanted: () => true,
    publish: () => undefined,
    refuse: assert.fail,
    changed: () => undefined,
    alarm,
  });
  await alarm.pass(5000);
  const { missing } = await starting;
  assert.equal(missing('mouse'), null);
  assert.equal(missing('keystroke')?.reason, 'it is being started');
});

test('a source without a modality says so', async () => {
  const { missing } = await rig([source('mouse')], new Set(['mouse', 'app']));
  assert.deepEqual(missing('app'), { reason: 'this source has no app events', fix: 'Run SecLyzer on live input.' });
});

test('how a source works is told when it starts and when that changes', async () => {
  const told: (readonly [string, string | null])[] = [];
  let sink: CollectorSink | null = null;
  const collector: Collector = {
    name: 'keyboard',
    modalities: ['keystroke'],
    available: () => Promise.resolve({ ok: true, through: 'evdev', note: 'By the kernel.' }),
    start: async (given) => void (sink = given),
    stop: () => Promise.resolve(),
  };
  const sources = await startSources([collector], {
    wanted: () => true,
    publish: () => undefined,
    refuse: assert.fail,
    noted: (...said) => void told.push(said),
    changed: () => undefined,
    alarm: fakeAlarm(),
  });
  const { report } = (sink ?? assert.fail()) as CollectorSink;
  assert.deepEqual([sources.through('keystroke'), sources.through('mouse')], ['evdev', null]);
  report({ ok: true, note: 'By the kernel, one of two.' });
  report({ ok: false, reason: 'gone', fix: 'wait' });
  assert.equal(sources.through('keystroke'), null);
  assert.deepEqual(told, [
    ['keyboard', 'By the kernel.'],
    ['keyboard', 'By the kernel, one of two.'],
    ['keyboard', null],
  ]);
  await sources.stop();
});
