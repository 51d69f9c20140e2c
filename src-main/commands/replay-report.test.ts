import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowOf, summarise, type TickRow } from './replay-report.ts';

const row = (atMs: number, trust: number | null, state: TickRow['state'], llr: TickRow['llr'] = {}): TickRow => ({
  atMs,
  trust,
  state,
  llr,
});

test('minimum, median and last trust, worked out by hand', () => {
  const rows = [
    row(0, null, 'LEARNING'),
    row(5, 80, 'NORMAL', { keystroke: 1 }),
    row(10, 90, 'NORMAL', { keystroke: 2, mouse: -1 }),
    row(15, 60, 'MONITORING'),
    row(20, 71, 'NORMAL', { mouse: 0 }),
  ];
  assert.deepEqual(summarise(rows), {
    ticks: 5,
    scored: { keystroke: 2, mouse: 2, app: 0, linguistic: 0 },
    // 60 71 80 90: the middle two are 71 and 80.
    trust: { min: 60, median: 75.5, last: 71 },
    stateChanges: [
      { atMs: 5, from: 'LEARNING', to: 'NORMAL' },
      { atMs: 15, from: 'NORMAL', to: 'MONITORING' },
      { atMs: 20, from: 'MONITORING', to: 'NORMAL' },
    ],
  });
  assert.equal(summarise(rows.slice(1, 4)).trust?.median, 80);
});

test('a replay that never scored has no trust', () => {
  assert.equal(summarise([row(0, null, 'LEARNING')]).trust, null);
  assert.deepEqual(summarise([]), {
    ticks: 0,
    scored: { keystroke: 0, mouse: 0, app: 0, linguistic: 0 },
    trust: null,
    stateChanges: [],
  });
});

test('a row holds the ratio of each modality that scored', () => {
  const score = { raw: 0.2, llr: -1.25, share: 0.5, strongest: 'hold times', points: -2 };
  const point = { atMs: 5000, trust: 55, low: 40, high: 70, state: 'MONITORING' } as const;
  assert.deepEqual(rowOf({ point, decision: null, scores: new Map([['mouse', score] as const]) }), {
    atMs: 5000,
    trust: 55,
    state: 'MONITORING',
    llr: { mouse: -1.25 },
  });
});
