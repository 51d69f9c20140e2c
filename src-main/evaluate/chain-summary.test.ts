import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../agent/learn/random.ts';
import type { Takeover } from './chain.ts';
import { summariseChain } from './chain-summary.ts';

const use = (actions: number, seconds: number) => ({ actions, seconds });
const noticed = (actions: number): Takeover => ({ detected: use(actions, actions / 2), stream: use(300, 150) });
const missed: Takeover = { detected: null, stream: use(200, 100) };

test('eight takeovers and two false alarms, worked out by hand', () => {
  const runs = [
    { genuine: use(6000, 3600), falseAlarms: 2, takeovers: [noticed(10), noticed(20), noticed(30), noticed(40)] },
    { genuine: use(2000, 3600), falseAlarms: 0, takeovers: [noticed(50), noticed(60), missed, missed] },
    { failure: 'too little' },
  ];
  const found = summariseChain(runs, 'keystroke', createRandom(1));
  assert.deepEqual([found.subjects, found.notLearned], [2, { 'too little': 1 }]);
  assert.deepEqual([found.takeovers, found.detected], [8, 6]);
  // Nearest ranks of 10 20 30 40 50 60 and two that were never noticed: the 4th, 6th and 8th.
  assert.deepEqual([found.detectActionsMedian, found.detectActionsP75, found.detectActionsP90], [40, 60, null]);
  assert.deepEqual([found.detectSecondsMedian, found.detectSecondsP75, found.detectSecondsP90], [20, 30, null]);
  assert.equal(found.ania, (10 + 20 + 30 + 40 + 50 + 60 + 200 + 200) / 8);
  assert.equal(found.anga, 4000);
  assert.equal(found.falseAlarms, 2);
  assert.equal(found.mostOfOne, 2);
  // Two in two hours; the exact interval of two events is 0.2422 to 7.2247.
  assert.equal(found.falseAlarmsPer8h, 8);
  assert.deepEqual(
    found.falseAlarmsPer8hInterval.map((x) => x.toFixed(2)),
    ['0.97', '28.90'],
  );
  assert.equal(found.falseAlarmsPer20000Keystrokes, 5);
  assert.deepEqual(
    found.falseAlarmsPer20000KeystrokesInterval?.map((x) => x.toFixed(2)),
    ['0.61', '18.06'],
  );
  assert.deepEqual(found.streamMedian, use(300, 150));
});

test('without a false alarm there is a bound and no average; the mouse has no keystrokes', () => {
  const found = summariseChain(
    [{ genuine: use(3689, 8 * 3600), falseAlarms: 0, takeovers: [missed] }],
    'mouse',
    createRandom(1),
  );
  assert.equal(found.anga, null);
  // The upper bound of none is 3.6889.
  assert.equal(Math.round(found.angaLow), 1000);
  assert.deepEqual([found.detectActionsMedian, found.falseAlarmsPer20000Keystrokes], [null, null]);
  assert.equal(found.ania, 200);
});
