import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchElsewhere } from './other-systems.ts';

test('macOS says that it cannot lock, and nothing is tried', async () => {
  const watch = watchElsewhere('darwin');
  const { available, reason, fix } = watch.lockAbility();
  assert.equal(available, false);
  assert.match(reason ?? '', /^macOS/);
  assert.deepEqual(await watch.lock(), { locked: false, reason, fix });
  assert.equal(watch.locked(), false);
});

test('a lock that Windows does not carry out is reported', { skip: process.platform === 'win32' }, async () => {
  const watch = watchElsewhere('win32');
  assert.equal(watch.lockAbility().available, true);
  // Here there is no rundll32.exe.
  const outcome = await watch.lock();
  assert.ok(!outcome.locked);
  assert.match(outcome.reason, /^Windows refused to lock: .*ENOENT/);
});
