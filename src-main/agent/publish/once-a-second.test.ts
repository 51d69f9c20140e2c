import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { onceASecond, whenChanged } from './once-a-second.ts';

test('a view goes out when it has changed, once a second at most, and is not made while nobody looks', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  let [nowMs, made, isWatched, value] = [0, 0, false, 'a'];
  const sent: string[] = [];
  const view = (): { readonly value: string } => {
    made += 1;
    return { value };
  };
  const { touch, stop } = onceASecond({
    work: whenChanged(view, (one) => void sent.push(one.value)),
    isWatched: () => isWatched,
    nowMs: () => nowMs,
  });
  const pass = (ms: number): void => {
    nowMs += ms;
    mock.timers.tick(ms);
  };
  touch();
  pass(2000);
  assert.deepEqual([made, sent], [0, []]);
  isWatched = true;
  touch();
  assert.deepEqual(sent, ['a'], 'the first at once');
  for (value of ['b', 'c']) {
    pass(100);
    touch();
  }
  assert.deepEqual(sent, ['a']);
  pass(800);
  assert.deepEqual(sent, ['a', 'c'], 'the last change after a second');
  for (let i = 0; i < 5; i += 1) {
    pass(1000);
    touch();
  }
  assert.deepEqual([sent, made > 5], [['a', 'c'], true], 'nothing new, nothing sent');
  value = 'd';
  touch();
  assert.deepEqual(sent, ['a', 'c']);
  stop();
  assert.deepEqual(sent, ['a', 'c', 'd'], 'the last word is not lost');
  pass(5000);
  assert.equal(sent.length, 3);
});
