import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accuracyOf, type HeldOutWindow } from './held-out-accuracy.ts';

const window = (genuine: number, ...impostors: number[]): HeldOutWindow => ({ learned: 500, genuine, impostors });
const FIVE = [window(3, -4), window(5, -1), window(-1, 1), window(4, -6), window(2, -2)];

test('the rates at ratio 0 with their intervals, and the corners of the trade-off', () => {
  const accuracy = accuracyOf(FIVE, '50 keystrokes');
  assert.ok(accuracy !== null);
  const { window: words, genuineTrials, impostorTrials, far, frr, det } = accuracy;
  assert.deepEqual([words, genuineTrials, impostorTrials], ['50 keystrokes', 5, 5]);
  // One of the five each way; the intervals are those of 1 in 5 and of 2 in 10.
  assert.deepEqual([far.value, frr.value], [0.2, 0.2]);
  assert.deepEqual(
    [frr.low, frr.high].map((x) => Number(x.toFixed(3))),
    [0.036, 0.624],
  );
  assert.deepEqual(
    [far.low, far.high].map((x) => Number(x.toFixed(3))),
    [0.057, 0.51],
  );
  // From the top: 5 4 3 2 are his, 1 another's, -1 both, -2 -4 -6 others'.
  assert.deepEqual(
    det.map(([x, y]) => [x, Number(y.toFixed(9))]),
    [
      [0, 1],
      [0, 0.2],
      [0.2, 0.2],
      [0.4, 0],
      [1, 0],
    ],
  );
});

test('too few windows, or nobody to compare with, make no rate', () => {
  assert.equal(accuracyOf(FIVE.slice(1), ''), null);
  assert.equal(
    accuracyOf(
      FIVE.map(({ genuine }) => window(genuine)),
      '',
    ),
    null,
  );
});

test('of many corners sixty are kept, both ends among them', () => {
  const many = Array.from({ length: 200 }, (_, i) => window(i, i + 0.5));
  const det = accuracyOf(many, '')?.det ?? [];
  assert.equal(det.length, 60);
  assert.deepEqual(
    [det[0], det.at(-1)],
    [
      [0, 1],
      [1, 0],
    ],
  );
  assert.ok(det.every(([far, frr], i) => i === 0 || (far >= (det[i - 1]?.[0] ?? 0) && frr <= (det[i - 1]?.[1] ?? 1))));
});
