import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePins, meantMs, placedPins, timelinePins } from './chart-pins.ts';
import type { Pin } from './chart-pins.ts';
import { guessingAlert } from '../src-preload/incident.fixture.ts';
import { auditEntry, decisionEntry, hostEntry, logEntry } from './timeline.ts';

const pin = (atMs: number, tone: Pin['tone'], line: boolean, lane: Pin['lane'] = 'trust'): Pin => ({
  ...{ atMs, shape: 'dot', tone, title: '', line, lane },
});
const marks = (pins: readonly Pin[], apartMs: number): readonly number[] =>
  placedPins(pins, apartMs)
    .filter(({ marked }) => marked)
    .map(({ atMs }) => atMs);

test('a decision outweighs an audit entry, an alarm a recovery, and of equals the later is marked', () => {
  assert.deepEqual(marks([pin(100, 'quiet', false), pin(105, 'good', true)], 10), [105]);
  assert.deepEqual(marks([pin(100, 'alarm', true), pin(105, 'good', true)], 10), [100]);
  assert.deepEqual(marks([pin(100, 'quiet', false), pin(105, 'quiet', false)], 10), [105]);
});

test('marks with room stand all, a change without room keeps its line, and the weightiest is drawn last', () => {
  const pins = [pin(300, 'quiet', false), pin(100, 'good', true), pin(200, 'watch', true), pin(205, 'watch', true)];
  assert.deepEqual(
    marks(pins, 10).toSorted((a, b) => a - b),
    [100, 205, 300],
  );
  assert.deepEqual(
    placedPins(pins, 10).map(({ atMs }) => atMs),
    [300, 100, 200, 205],
  );
  const quiet = [pin(100, 'quiet', false), pin(105, 'quiet', false)];
  assert.deepEqual(
    placedPins(quiet, 10).map(({ atMs }) => atMs),
    [105],
  );
});

test('of thousands of changes no more is drawn than has room, and the alarm among them stays', () => {
  // A day in ms of 86,400 changes, one a second; marks 3,456 s apart: 25 of them, and six lines to each.
  const day = Array.from({ length: 86_400 }, (_, n) => pin(n * 1000, n === 40_000 ? 'alarm' : 'good', true));
  const placed = placedPins(day, 3_456_000);
  assert.ok(placed.length >= 150 && placed.length <= 176, `${placed.length} drawn`);
  assert.equal(placed.at(-1)?.atMs, 40_000_000);
  assert.equal(placed.at(-1)?.marked, true);
});

test('a click means the nearest mark within reach, else the nearest point, else what was hit', () => {
  const pins = placedPins([pin(100, 'good', true), pin(150, 'watch', true)], 1);
  const points = [{ atMs: 106 }, { atMs: 128 }];
  assert.deepEqual(
    [104, 130, 128].map((hitMs) => meantMs(hitMs, pins, points, 25)),
    [100, 150, 150],
  );
  assert.equal(meantMs(126.4, pins, points, 10), 128);
  assert.equal(meantMs(170.4, pins, points, 10), 170);
  assert.equal(meantMs(104, [], [], 10), 104);
});

test('a change of state and a decision are told by a line, an audit entry is not', () => {
  const decided = { atMs: 5, from: 'NORMAL', to: 'RESTRICTED', trust: 40, points: {}, reason: 'Differs.' } as const;
  const pins = timelinePins(
    [decisionEntry(decided), auditEntry({ atMs: 3, kind: 'unlock', text: 'Unlocked.' })],
    (atMs) => `at ${atMs}`,
  );
  assert.deepEqual(pins, [
    { atMs: 5, shape: 'triangle', tone: 'alarm', title: 'at 5: Restricted', line: true, lane: 'trust' },
    { atMs: 3, shape: 'check', tone: 'quiet', title: 'at 3: Screen unlocked', line: false, lane: 'trust' },
  ]);
  assert.equal(changePins([{ atMs: 5, from: 'LEARNING', to: 'NORMAL' }])[0]?.line, true);
});

test('what is in the log and what the machine did have rows of their own, so that none covers a change of trust', () => {
  const anomaly = { id: 1, ts: 7, metric: 'Memory use', severity: 'unusual', sentence: 'It rose.' } as const;
  const pins = timelinePins([logEntry(guessingAlert), hostEntry(anomaly)], () => 'then');
  assert.deepEqual(
    pins.map(({ lane, line, tone, title }) => [lane, line, tone, title]),
    [
      ['log', true, 'alarm', 'then: In the log: high risk'],
      ['host', false, 'quiet', 'then: Unusual for this machine'],
    ],
  );
  const together = [pin(100, 'alarm', true), pin(101, 'quiet', false, 'log'), pin(102, 'quiet', false, 'host')];
  assert.equal(marks(together, 10).length, 3);
});
