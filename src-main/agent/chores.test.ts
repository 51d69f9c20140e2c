import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { chores } from './chores.ts';

test('pieces are done in order, one a turn, so that others get theirs in between', async () => {
  const done: string[] = [];
  const { add, settled } = chores();
  for (const name of ['a', 'b', 'c']) add(() => done.push(name));
  assert.equal(done.length, 0, 'nothing before the next turn');
  await nextTurn();
  done.push('a tick');
  await settled();
  assert.equal(done.length, 4);
  assert.ok(done.indexOf('a tick') < 3, done.join(', '));
  assert.deepEqual(
    done.filter((name) => name !== 'a tick'),
    ['a', 'b', 'c'],
  );
});

test('a piece may add another, and settled waits for both', async () => {
  const done: number[] = [];
  const { add, settled } = chores();
  add(() => {
    done.push(1);
    add(() => done.push(2));
  });
  await settled();
  assert.deepEqual(done, [1, 2]);
  await settled();
});

test('what a piece throws is told once, by settled; the pieces after it are dropped, later ones are done', async () => {
  const done: number[] = [];
  const { add, settled } = chores();
  add(() => {
    throw new Error('broken');
  });
  add(() => done.push(1));
  await assert.rejects(settled(), /broken/);
  await settled();
  add(() => done.push(2));
  await settled();
  assert.deepEqual(done, [2]);
});
