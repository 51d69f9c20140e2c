import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeystrokeEvent } from '../events.ts';
import { createTypedStrokes } from './typed-strokes.ts';

const key = (event: 'press' | 'release', ms: number, name: string): KeystrokeEvent => ({
  type: 'keystroke',
  ts: 1_704_704_400_000_000 + ms * 1000,
  key: name,
  event,
});

test('a press tells the interval, a release the hold and whether another key came in between', () => {
  const strokes = createTypedStrokes();
  const changes = [
    key('press', 0, 'a'),
    key('press', 80, 's'),
    key('release', 95, 'a'),
    key('release', 190, 's'),
    key('release', 200, 'd'),
  ].map((event) => strokes.accept(event));
  assert.ok(changes[0]?.change === 'press' && Number.isNaN(changes[0].intervalMs));
  assert.ok(changes[1]?.change === 'press');
  assert.equal(changes[1].intervalMs, 80);
  assert.deepEqual(changes[2], { change: 'release', stroke: 1, differs: true, holdMs: 95, rollover: true });
  assert.deepEqual(changes[3], { change: 'release', stroke: 2, differs: true, holdMs: 110, rollover: false });
  assert.equal(changes[4], null, 'its press was never seen');
});

test('a key that is held down repeats, which is no stroke; after a second it is another one whose release was lost', () => {
  const strokes = createTypedStrokes();
  assert.notEqual(strokes.accept(key('press', 0, 'j')), null);
  assert.equal(strokes.accept(key('press', 660, 'j')), null);
  assert.equal(strokes.accept(key('press', 690, 'j')), null);
  assert.notEqual(strokes.accept(key('press', 1691, 'j')), null);
});

test('only keys unlike the two before count: not one key again and again, not two in turn', () => {
  const strokes = createTypedStrokes();
  const differs = Array.from('abcabbadadx', (name, i) => {
    const change = strokes.accept(key('press', 200 * i, name));
    strokes.accept(key('release', 200 * i + 90, name));
    return change?.differs === true ? name : '-';
  });
  assert.equal(differs.join(''), 'abcab-ad--x');
});
