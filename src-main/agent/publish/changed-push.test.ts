import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { changedPush } from './changed-push.ts';

test('at most one a second: the newest, and nothing that was sent already or that nobody looks at', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  let nowMs = 0;
  let keystrokes = 0;
  let isWatched = false;
  const sent: number[] = [];
  const push = changedPush({
    view: () => ({ keystrokes }),
    send: (view) => sent.push(view.keystrokes),
    isWatched: () => isWatched,
    nowMs: () => nowMs,
  });
  const pass = (ms: number): void => {
    nowMs += ms;
    mock.timers.tick(ms);
  };
  push.touch();
  assert.deepEqual(sent, []);
  isWatched = true;
  while (keystrokes < 15) {
    keystrokes += 1;
    push.touch();
    pass(100);
  }
  // The first at once; at 1000 ms the tenth is the newest.
  assert.deepEqual(sent, [1, 10]);
  pass(1000);
  assert.deepEqual(sent, [1, 10, 15]);
  push.touch();
  pass(5000);
  assert.deepEqual(sent, [1, 10, 15]);
  keystrokes += 1;
  push.touch();
  pass(1000);
  assert.deepEqual(sent, [1, 10, 15, 16]);
});
