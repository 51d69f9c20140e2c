import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../../events.ts';
import type { Tick } from '../../pipeline.ts';
import type { OutletRecord } from './outlet-record.ts';
import { createTap } from './tap.ts';

const T0 = 1_701_423_840_000_000;
const POINT: Tick['point'] = { atMs: T0 / 1000, trust: 91, low: 84, high: 96, state: 'NORMAL' };
const TICK: Tick = {
  ...{ point: POINT, decision: null },
  scores: new Map([['keystroke', { raw: 3, llr: 2.5, share: 1, strongest: '', points: -1 }]]),
};

/** Ten strokes, a fifth of a second apart, each held for 80 ms. */
function typing(fromUs: number): InputEvent[] {
  return Array.from({ length: 10 }, (_, i) => fromUs + i * 200_000).flatMap((ts): InputEvent[] => [
    { type: 'keystroke', ts, key: 'a', event: 'press' },
    { type: 'keystroke', ts: ts + 80_000, key: 'a', event: 'release' },
  ]);
}
const focus = (ts: number, app_name: string): InputEvent => ({ type: 'app', ts, app_name, event: 'focus' });

test('scores with each tick, windows with each hop in which something came, never a key', () => {
  const tap = createTap();
  const records: OutletRecord[] = [];
  tap.listen((record) => records.push(record));
  for (const event of typing(T0)) tap.accept(event);
  for (let s = 3; s <= 13; s += 1) tap.tick(TICK, T0 + s * 1e6);
  assert.equal(records.filter(({ kind }) => kind === 'score').length, 11);
  assert.deepEqual(
    records.find(({ kind }) => kind === 'score'),
    {
      ...{ kind: 'score', ts: T0 + 3e6, trust: 91, low: 84, high: 96, state: 'NORMAL' },
      modalities: [{ modality: 'keystroke', llr: 2.5, points: -1 }],
    },
  );
  const windows = records.filter((record) => record.kind === 'features');
  // The first tick begins a hop; what came before it is measured at once, and nothing has come since.
  assert.equal(windows.length, 1);
  const [window] = windows;
  assert.deepEqual([window?.modality, window?.events, window?.names.length], ['keystroke', 10, 140]);
  const dwell = window?.values[window.names.indexOf('dwell.mean')];
  assert.ok(dwell !== undefined && Math.abs(dwell - 80) < 0.01, `${dwell} ms`);
  assert.ok(window?.values.includes(NaN), 'what a window of one key can not tell is not made up');
});

test('no window holds what came before an interruption', () => {
  const tap = createTap();
  const records: OutletRecord[] = [];
  tap.listen((record) => record.kind === 'features' && records.push(record));
  for (const event of typing(T0)) tap.accept(event);
  tap.interrupt();
  tap.tick(TICK, T0 + 3e6);
  for (const event of typing(T0 + 4e6).slice(0, 6)) tap.accept(event);
  tap.tick(TICK, T0 + 8e6);
  assert.deepEqual(
    records.map((record) => record.kind === 'features' && [record.events, record.raw, record.fresh]),
    [[3, 6, 6]],
  );
});

test('from one application to the next, with the time in the one before', () => {
  const tap = createTap();
  const records: OutletRecord[] = [];
  const end = tap.listen((record) => records.push(record));
  for (const [s, app] of [
    [0, 'firefox'],
    [12.5, 'firefox'],
    [20, 'code'],
  ] as const)
    tap.accept(focus(T0 + s * 1e6, app));
  assert.equal(records.length, 1);
  assert.deepEqual(records[0], { kind: 'transition', ts: T0 + 20e6, from: 'firefox', to: 'code', dwellS: 7.5 });
  end();
  tap.listen((record) => records.push(record));
  tap.accept(focus(T0 + 30e6, 'mail'));
  assert.equal(records.length, 1, 'what came while nobody listened is not known');
});

test('a change of state with its reason; and nothing at all while nobody listens', () => {
  const tap = createTap();
  const records: OutletRecord[] = [];
  const decision = {
    atMs: T0 / 1000,
    from: 'NORMAL',
    to: 'MONITORING',
    trust: 61,
    points: {},
    reason: 'Typing.',
  } as const;
  tap.tick({ ...TICK, decision }, T0);
  const end = tap.listen((record) => records.push(record));
  tap.tick({ ...TICK, decision }, T0);
  assert.deepEqual(records[1], {
    kind: 'change',
    ts: T0,
    from: 'NORMAL',
    to: 'MONITORING',
    trust: 61,
    reason: 'Typing.',
  });
  end();
  tap.tick(TICK, T0 + 1e6);
  assert.equal(records.length, 2);
});
