import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterFailure } from './restart-policy.ts';

test('an agent that never gets ready is started again after 2, 4 and 8 s, then no more', () => {
  const delays = [];
  let failures = 0;
  for (let start = 0; start < 5; start++) {
    const restart = afterFailure(failures, null);
    delays.push(restart.delayS);
    failures = restart.failures;
  }
  assert.deepEqual(delays, [2, 4, 8, null, null]);
});

test('a minute of health begins a new row; a second less does not', () => {
  assert.deepEqual(afterFailure(3, 60), { failures: 1, delayS: 2 });
  assert.deepEqual(afterFailure(3, 59.9), { failures: 4, delayS: null });
  assert.deepEqual(afterFailure(1, 59.9), { failures: 2, delayS: 4 });
});
