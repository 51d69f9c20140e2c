import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreement, delivery, punctuality, scoredMs, stored } from './outage-judge.ts';

const point = (atMs: number, trust: number | null, state = 'NORMAL') => ({ atMs, trust, state });
const message = (seq: number): string =>
  JSON.stringify({
    ...{ type: 'score', v: 1, host: 'a', user: 'b', id: '00000000', run: '00000000', seq, ts: 1 },
    ...{ trust: null, low: null, high: null, state: 'LEARNING', modalities: {} },
  });

test('how late ticks are: the middle one, the hundredth and the worst', () => {
  const late = Array.from({ length: 200 }, (_, i) => 200 - i);
  assert.deepEqual(punctuality(late), { ticks: 200, p50Ms: 100, p99Ms: 198, mostMs: 200 });
});

test('two that agree, and what tells them apart', () => {
  const a = [point(0, null), point(1, 90), point(2, 80), point(3, 70)];
  assert.deepEqual(agreement(a, a), { common: 4, alone: 0, mostApart: 0, sameStates: true });
  // Neither of the ticks before and after is held against anybody; the one in the middle is.
  const b = [point(1, 90), point(3, 67, 'MONITORING'), point(4, 60)];
  assert.deepEqual(agreement(a, b), { common: 2, alone: 1, mostApart: 3, sameStates: false });
  assert.equal(agreement([point(0, null)], [point(0, 50)]).mostApart, 100);
});

test('what came, twice, late and not at all, by its numbers', () => {
  assert.deepEqual(delivery([1, 2, 4, 3, 3, 7].map(message)), {
    came: 5,
    twice: 1,
    missing: 2,
    late: 1,
    unreadable: 0,
  });
  assert.deepEqual(delivery(['{}']), { came: 0, twice: 0, missing: 0, late: 0, unreadable: 1 });
});

test('the scores among the messages, where they say a trust', () => {
  const scored = message(1).replace('"trust":null', '"trust":50').replace('"ts":1,', '"ts":7000,');
  assert.deepEqual(scoredMs([message(1), scored, '{']), [7]);
});

test('what a database has of what was decided', () => {
  assert.deepEqual(stored([1, 2, 3], [1, 1, 3, 9]), { came: 3, twice: 1, missing: 1 });
});
