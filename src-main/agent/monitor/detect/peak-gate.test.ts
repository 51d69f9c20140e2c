import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPeakGate } from './peak-gate.ts';

test('what stands out of the last points by a third passes, the others do not', () => {
  const gate = createPeakGate(3);
  const scores = [2, 2.5, 2.7, 1, 1, 1, 1, 3.4, 3.6, 0, 0, 0, 0, 0.5];
  // 2.7 > 1.3 · 2 but not 1.3 · 2.5. At point 6, 2.7 lies 4 points back. 0.5 is news after four zeros.
  assert.deepEqual(
    scores.map((score, i) => gate.push(score, i)),
    [2, 0, 0, 0, 0, 0, 0, 3.4, 0, 0, 0, 0, 0, 0.5],
  );
});

test('the span is one of time where time is given', () => {
  const gate = createPeakGate(1000);
  assert.deepEqual([gate.push(5, 0), gate.push(6, 900), gate.push(6, 2000)], [5, 0, 6]);
});
