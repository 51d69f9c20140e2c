import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Push } from '../../../src-preload/contract.ts';
import { SNAPSHOT } from './agent.fixture.ts';
import { createPublisher } from './publisher.ts';

test('at most one snapshot a second, the last change included, none while nobody looks', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  let nowMs = 0;
  let made = 0;
  const publisher = createPublisher(
    () => {
      made += 1;
      return SNAPSHOT;
    },
    () => nowMs,
  );
  const pass = (ms: number): void => {
    nowMs += ms;
    mock.timers.tick(ms);
  };
  publisher.touch();
  assert.equal(made, 0, 'nobody looks');
  const pushes: Push[] = [];
  const leave = publisher.subscribe((push) => pushes.push(push));
  assert.equal(pushes.length, 1, 'the first comes at once');
  publisher.touch();
  assert.equal(pushes.length, 2, 'the first change does not wait');
  for (let i = 0; i < 9; i += 1) {
    pass(100);
    publisher.touch();
  }
  assert.equal(pushes.length, 2);
  pass(100);
  assert.equal(pushes.length, 3, 'and the changes since follow after a second');
  leave();
  pass(5000);
  publisher.touch();
  pass(5000);
  assert.equal(pushes.length, 3);
});
