import assert from 'node:assert/strict';
import { test } from 'node:test';
import { threadMs } from './thread-time.ts';

test('work counts, and sleep does not', () => {
  const [beganMs, begunAt] = [threadMs(), performance.now()];
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  const sleptMs = threadMs() - beganMs;
  assert.ok(performance.now() - begunAt >= 199);
  assert.ok(sleptMs < 20, `${sleptMs} ms while it slept`);
  const workedFrom = threadMs();
  // However long it takes on this machine: until the thread has had this much.
  while (threadMs() - workedFrom < 50);
  assert.ok(threadMs() - beganMs >= 50);
});
