import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputEvent } from '../agent/events.ts';
import { KEYSTROKE_PATH } from '../agent/vector-path.ts';
import { cutFeatureWindows, inSequence } from './recorded-windows.ts';

const S = 1e6;

/** "ththth...": one key a second. */
const steady = (fromS: number, keys: number): InputEvent[] =>
  Array.from({ length: keys }, (_, i) => {
    const event = { type: 'keystroke', key: i % 2 === 0 ? 't' : 'h' } as const;
    return [
      { ...event, ts: (fromS + i) * S, event: 'press' as const },
      { ...event, ts: (fromS + i) * S + 90_000, event: 'release' as const },
    ];
  }).flat();

test('windows are cut every hop and mark what they lack, so that it is no zero in the statistics', () => {
  const windows = cutFeatureWindows([steady(100, 40)], KEYSTROKE_PATH, 5 * S);
  assert.deepEqual(
    windows.map(({ ts, events }) => [ts / S, events]),
    [
      [130, 30],
      [135, 30],
    ],
  );
  const value = (name: string): number =>
    windows[0]?.vector[KEYSTROKE_PATH.features.findIndex((f) => f.name === name)] ?? 0;
  assert.equal(value('digraph.th'), 1000);
  assert.ok(Number.isNaN(value('digraph.an')));
});

test('the windows of the agent begin before they are full and end with the last event', () => {
  // 40 keys from second 100 to 139. Twenty of them are there at second 120 (101 to 120 and that of 100: 21).
  const windows = cutFeatureWindows([steady(100, 40)], KEYSTROKE_PATH, 5 * S, 'all');
  assert.deepEqual(
    windows.map(({ ts, events }) => [ts / S, events]),
    [
      [120, 21],
      [125, 26],
      [130, 30],
      [135, 30],
      [140, 29],
    ],
  );
});

test('short recordings that follow each other make windows together; one that begins too early comes two seconds later', () => {
  const windows = cutFeatureWindows([steady(100, 20), steady(120, 20)], KEYSTROKE_PATH, 5 * S);
  assert.deepEqual(
    windows.map(({ ts }) => ts / S),
    [130, 135],
  );
  const times = [...inSequence([steady(100, 1), steady(50, 1)])].map(({ ts }) => ts / S);
  assert.deepEqual(times, [100, 100.09, 102.09, 102.18]);
});
