import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOW_ENOUGH } from '../agent/learn/enrolment-rule.ts';
import { best, byNumber, byRule, eerOf, keysOf } from './enrolment-ends.ts';
import type { Checkpoint, EnrolmentRun } from './enrolment-runs.ts';

/** Three windows or more far from those of other people: no error is expected of them, so the least that is asked for is enough. */
const sure = Array.from({ length: 5 }, () => ({ learned: 500, genuine: 50, impostors: [-50, -51] }));
const at = (keys: number, eer: number, windows: Checkpoint['windows'] = sure): Checkpoint => ({ keys, windows, eer });
const runs: readonly EnrolmentRun[] = [
  { id: 'a', checkpoints: [at(450, 0.1), at(500, 0.08), at(900, 0.04)] },
  // Too few windows to tell: 900 are asked for.
  { id: 'b', checkpoints: [at(500, 0.2, []), at(700, 0.16, [])] },
];

test('a fixed number stops at the first checkpoint that has it, or at the last one', () => {
  assert.deepEqual(byNumber(runs, 600), [
    { keys: 900, eer: 0.04, short: false },
    { keys: 700, eer: 0.16, short: false },
  ]);
  assert.deepEqual(
    byNumber(runs, 800).map(({ short }) => short),
    [false, true],
  );
  assert.deepEqual([keysOf(byNumber(runs, 600)), eerOf(byNumber(runs, 600)).toFixed(12)], [800, '0.100000000000']);
});

test('a rule stops where its error is low, after 500 keystrokes at least', () => {
  assert.deepEqual(byRule(runs, LOW_ENOUGH), [
    { keys: 500, eer: 0.08, short: false },
    { keys: 700, eer: 0.16, short: true },
  ]);
});

test('no rule is the best where all of them leave more than they may', () => {
  assert.equal(best(runs, 0.1), null);
  assert.notEqual(best(runs, 0.12), null);
});
